using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Testing.Conformance;

/// <summary>A row that dispositions are tried with.</summary>
internal sealed record DispositionRow(long? Id, string? Part, string? Value, int At)
{
    private static readonly DateTimeOffset Start = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Schema Schema { get; } = new(
    [
        new Field("id", Int64Type.Default, nullable: true),
        new Field("part", StringType.Default, nullable: true),
        new Field("value", StringType.Default, nullable: true),
        new Field("at", ArrowTypes.TimestampUtc, nullable: true),
    ], null);

    public override string ToString() => $"{Id}|{Part ?? "null"}|{Value ?? "null"}|{At}";

    public static RecordBatch Batch(IReadOnlyList<DispositionRow> rows)
    {
        var ids = new Int64Array.Builder();
        var parts = new StringArray.Builder();
        var values = new StringArray.Builder();
        var times = new TimestampArray.Builder(ArrowTypes.TimestampUtc);
        foreach (var row in rows)
        {
            ids.Append(row.Id);
            Append(parts, row.Part);
            Append(values, row.Value);
            times.Append(Start.AddHours(row.At));
        }

        return new RecordBatch(Schema, [ids.Build(), parts.Build(), values.Build(), times.Build()], rows.Count);
    }

    public static IEnumerable<string> Texts(RecordBatch batch)
    {
        for (var row = 0; row < batch.Length; row++)
            yield return string.Join('|', batch.Arrays.Select(a => Text(a, row)));
    }

    private static void Append(StringArray.Builder texts, string? text)
    {
        if (text is null)
            texts.AppendNull();
        else
            texts.Append(text);
    }

    private static string Text(IArrowArray array, int row) => array.IsNull(row) ? "null" : array switch
    {
        Int64Array numbers => numbers.Values[row].ToString(CultureInfo.InvariantCulture),
        StringArray texts => texts.GetString(row)!,
        BooleanArray flags => flags.GetValue(row)!.Value ? "true" : "false",
        TimestampArray times => ((int)(times.GetTimestamp(row)!.Value - Start).TotalHours).ToString(CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(array.GetType().Name),
    };
}
