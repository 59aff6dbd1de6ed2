using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Differential.Tests;

/// <summary>A column of random values: small ones that repeat, extremes, and nulls.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The type.</param>
internal sealed record RandomColumn(string Name, ColumnKind Kind)
{
    public static readonly DateOnly Epoch = new(1970, 1, 1);
    private static readonly string[] Texts = ["", "a", "A", "ab", "b", "été", "grün", "a b", "zz", "a longer text than eight bytes", "a longer text than eight bytfs", "日本"];

    public string SqlType => Kind switch
    {
        ColumnKind.Integer => "INTEGER",
        ColumnKind.Long => "BIGINT",
        ColumnKind.Double => "DOUBLE",
        ColumnKind.Text => "VARCHAR",
        ColumnKind.Flag => "BOOLEAN",
        _ => "DATE",
    };

    /// <summary>Doubles are multiples of a quarter, so that sums are exact in any order.</summary>
    public object? Draw(Random random, double nullShare) => random.NextDouble() < nullShare ? null : Kind switch
    {
        ColumnKind.Integer => random.Next(12) == 0 ? (random.Next(2) == 0 ? int.MinValue : int.MaxValue) : random.Next(-6, 7),
        ColumnKind.Long => random.Next(12) == 0 ? (random.Next(2) == 0 ? long.MinValue : long.MaxValue) : random.NextInt64(-6, 7),
        ColumnKind.Double => random.Next(15) switch
        {
            0 => double.NaN,
            1 => double.PositiveInfinity,
            2 => double.NegativeInfinity,
            3 => random.Next(-1_000_000, 1_000_000) / 4.0,
            _ => random.Next(-8, 9) / 4.0,
        },
        ColumnKind.Text => Texts[random.Next(Texts.Length)],
        ColumnKind.Flag => random.Next(2) == 0,
        _ => Epoch.AddDays(random.Next(10) == 0 ? random.Next(-40_000, 40_000) : random.Next(-5, 6)),
    };

    /// <summary>An Arrow array of values; texts as a dictionary when asked for.</summary>
    public IArrowArray ToArrow(IReadOnlyList<object?> values, bool asDictionary) => Kind switch
    {
        ColumnKind.Integer => Build(new Int32Array.Builder(), values, (b, v) => b.Append((int)v), b => b.AppendNull(), b => b.Build()),
        ColumnKind.Long => Build(new Int64Array.Builder(), values, (b, v) => b.Append((long)v), b => b.AppendNull(), b => b.Build()),
        ColumnKind.Double => Build(new DoubleArray.Builder(), values, (b, v) => b.Append((double)v), b => b.AppendNull(), b => b.Build()),
        ColumnKind.Text when asDictionary => Dictionary(values),
        ColumnKind.Text => Build(new StringArray.Builder(), values, (b, v) => b.Append((string)v), b => b.AppendNull(), b => b.Build()),
        ColumnKind.Flag => Build(new BooleanArray.Builder(), values, (b, v) => b.Append((bool)v), b => b.AppendNull(), b => b.Build()),
        _ => Build(new Date32Array.Builder(), values, (b, v) => b.Append((DateOnly)v), b => b.AppendNull(), b => b.Build()),
    };

    public Field ToField(bool asDictionary) => new(
        Name,
        Kind switch
        {
            ColumnKind.Integer => Int32Type.Default,
            ColumnKind.Long => Int64Type.Default,
            ColumnKind.Double => DoubleType.Default,
            ColumnKind.Text when asDictionary => new DictionaryType(Int32Type.Default, StringType.Default, false),
            ColumnKind.Text => StringType.Default,
            ColumnKind.Flag => BooleanType.Default,
            _ => Date32Type.Default,
        },
        nullable: true);

    private static DictionaryArray Dictionary(IReadOnlyList<object?> values)
    {
        var texts = new StringArray.Builder().AppendRange(Texts).Build();
        var indices = Build(
            new Int32Array.Builder(), values, (b, v) => b.Append(System.Array.IndexOf(Texts, (string)v)), b => b.AppendNull(), b => b.Build());
        return new DictionaryArray(new DictionaryType(Int32Type.Default, StringType.Default, false), indices, texts);
    }

    private static TArray Build<TBuilder, TArray>(
        TBuilder builder, IReadOnlyList<object?> values, Action<TBuilder, object> append, Action<TBuilder> appendNull, Func<TBuilder, TArray> build)
    {
        foreach (var value in values)
        {
            if (value is null)
                appendNull(builder);
            else
                append(builder, value);
        }

        return build(builder);
    }
}
