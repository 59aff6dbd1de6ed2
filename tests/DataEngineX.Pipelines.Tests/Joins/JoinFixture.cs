using Apache.Arrow;
using DataEngineX.Pipelines.Tests.Engine;

namespace DataEngineX.Pipelines.Tests.Joins;

/// <summary>Runs joins with chosen batch sizes, threads and budgets, and gives rows as sorted lines.</summary>
internal static class JoinFixture
{
    public static FlowReader Reader(int batchRows, int threads, long budget = 1L << 30) => new(
        EngineFixture.Data, new EngineOptions { BatchRows = batchRows, Parallelism = threads, MemoryBudgetBytes = budget });

    /// <summary>Rows whose keys come from so many values, one in six null.</summary>
    public static JoinRow[] Rows(Random random, int count, int keys) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var key = random.Next(keys);
            return new JoinRow
            {
                Whole = random.Next(6) == 0 ? null : key * 3,
                Text = random.Next(6) == 0 ? null : Text(key),
                Real = random.Next(6) == 0 ? null : key % 7 == 0 ? double.NaN : key % 5 == 0 ? (random.Next(2) == 0 ? 0.0 : -0.0) : key,
                Number = i,
                Name = random.Next(4) == 0 ? null : new string((char)('a' + random.Next(26)), random.Next(40)),
            };
        }),
    ];

    public static async Task<List<string>> LinesAsync(FlowReader reader, Flow flow, params string[] columns)
    {
        var lines = new List<string>();
        await foreach (var batch in reader.ReadAsync(flow, TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                Assert.True(batch.Length > 0);
                var picked = columns.Select(c => batch.Column(c)).ToArray();
                for (var row = 0; row < batch.Length; row++)
                    lines.Add(string.Join('|', picked.Select(c => Cell(c, row))));
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public static Flow Flow(BatchSource source) => Pipelines.Flow.From(source);

    private static string Text(int key) => (key % 4) switch
    {
        0 => "",
        1 => $"k{key}",
        2 => $"key-{key:D12}",
        _ => $"a text of more than thirty-two bytes {key}",
    };

    private static string Cell(IArrowArray column, int row) => column switch
    {
        _ when column.IsNull(row) => column is StringArray ? "-" : "",
        Int32Array c => c.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
        StringArray c => c.GetString(row),
        _ => throw new NotSupportedException(column.Data.DataType.Name),
    };
}
