using System.Globalization;
using Apache.Arrow;
using DataEngineX.Testing;

namespace DataEngineX.Pipelines.Tests.Incremental;

/// <summary>Rows as sorted lines of text, by which two results are compared whatever the order of their rows and columns.</summary>
internal static class Content
{
    public static async Task<List<string>> OfAsync(InMemoryLakehouse lake, Flow flow)
    {
        var lines = new List<string>();
        await foreach (var batch in lake.Reader.ReadAsync(flow, TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                    lines.Add(string.Join(" ", batch.Schema.FieldsList.Select((f, i) => $"{f.Name}={Cell(batch.Column(i), row)}").Order(StringComparer.Ordinal)));
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public static async Task<List<string>> OfAsync(InMemoryLakehouse lake, DatasetId table) =>
        await lake.Tables.FindAsync(table, TestContext.Current.CancellationToken) is null ? [] : await OfAsync(lake, Flow.Table(table.Layer!.Value, table.Name));

    private static string Cell(IArrowArray column, int row) => column switch
    {
        _ when column.IsNull(row) => "null",
        StringArray texts => texts.GetString(row),
        Int64Array numbers => numbers.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        DoubleArray numbers => numbers.GetValue(row)!.Value.ToString("R", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}
