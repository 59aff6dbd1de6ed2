using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Differential.Tests;

/// <summary>A column of random values: small ones that repeat, extremes, and nulls.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The type.</param>
/// <param name="IndexType">The type of the indices when texts are a dictionary, else null.</param>
internal sealed record RandomColumn(string Name, ColumnKind Kind, IArrowType? IndexType = null)
{
    public static readonly DateOnly Epoch = new(1970, 1, 1);
    private static readonly DateTime Start = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static IReadOnlyList<string> Texts { get; } =
    [
        "", "a", "A", "ab", "b", "été", "grün", "a b", "zz", " a ", "a longer text than eight bytes", "a longer text than eight bytfs", "日本", "x,y,,z", "12",
        "-7", "007", "true", "50%", "a_c", "абв", "ΑΒΓ", "😀a😀", "aaa",
    ];

    public Field ToField() => new(Name, IndexType is null ? Kind.ArrowType : new DictionaryType(IndexType, StringType.Default, false), nullable: true);

    /// <summary>Reals are multiples of a quarter, so that sums are exact in any order.</summary>
    public object? Draw(Random random, double nullShare) => random.NextDouble() < nullShare ? null : Kind switch
    {
        ColumnKind.Integer => Whole(random, int.MinValue, int.MaxValue, v => (int)v),
        ColumnKind.Long => Whole(random, long.MinValue, long.MaxValue, v => (long)v),
        ColumnKind.Tiny => Whole(random, sbyte.MinValue, sbyte.MaxValue, v => (sbyte)v),
        ColumnKind.Small => Whole(random, short.MinValue, short.MaxValue, v => (short)v),
        ColumnKind.UnsignedTiny => Whole(random, byte.MinValue, byte.MaxValue, v => (byte)v),
        ColumnKind.UnsignedSmall => Whole(random, ushort.MinValue, ushort.MaxValue, v => (ushort)v),
        ColumnKind.UnsignedInteger => Whole(random, uint.MinValue, uint.MaxValue, v => (uint)v),
        ColumnKind.UnsignedLong => Whole(random, ulong.MinValue, ulong.MaxValue, v => (ulong)v),
        ColumnKind.Float => (float)Real(random, 100_000),
        ColumnKind.Double => Real(random, 1_000_000),
        ColumnKind.Decimal => random.Next(12) == 0 ? (random.Next(2) == 0 ? 9_999_999_999.99m : -9_999_999_999.99m) : random.Next(-300, 300) / 100m,
        ColumnKind.Text => Texts[random.Next(Texts.Count)],
        ColumnKind.Binary => Bytes(random),
        ColumnKind.Flag => random.Next(2) == 0,
        ColumnKind.Date => Epoch.AddDays(random.Next(10) == 0 ? random.Next(-40_000, 40_000) : random.Next(-5, 6)),
        ColumnKind.Time => TimeOnly.FromTimeSpan(TimeSpan.FromMicroseconds(random.Next(3) == 0 ? random.NextInt64(86_400_000_000) : random.Next(5) * 3_600_000_000L)),
        ColumnKind.Timestamp => Moment(random),
        ColumnKind.Instant => new DateTimeOffset(Moment(random), TimeSpan.Zero),
        ColumnKind.Duration => TimeSpan.FromMicroseconds(random.Next(3) == 0 ? random.NextInt64(-200_000_000_000, 200_000_000_000) : random.Next(-3, 4) * 1_000_000L),
        ColumnKind.List => Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(5) == 0 ? (int?)null : random.Next(-2, 4)).ToArray(),
        _ => new RandomStruct(random.Next(5) == 0 ? null : random.Next(-2, 4), random.Next(5) == 0 ? null : random.Next(2) == 0),
    };

    private static object Whole(Random random, Int128 least, Int128 most, Func<Int128, object> box) =>
        box(random.Next(12) == 0 ? (random.Next(2) == 0 ? least : most) : random.Next(least < 0 ? -6 : 0, 7));

    private static double Real(Random random, int most) => random.Next(15) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        3 => random.Next(-most, most) / 4.0,
        _ => random.Next(-8, 9) / 4.0,
    };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(3) == 0 ? random.Next(20) : random.Next(3)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(random.Next(3) * 127);
        return bytes;
    }

    private static DateTime Moment(Random random) => Start.AddMicroseconds(
        random.Next(4) == 0 ? random.NextInt64(-3_000_000_000_000_000, 3_000_000_000_000_000) : random.Next(-4, 5) * 43_200_000_000L);
}
