using Apache.Arrow;
using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Pipelines.Tests.Joins;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines.Tests.Shaping;

/// <summary>
/// Runs a flow as it is optimized and with every node fenced, demands that both give the same rows, that every account balances and that all memory
/// came back, and gives the rows as lines.
/// </summary>
internal static class ShapeFixture
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<List<string>> LinesAsync(Flow flow, int batchRows = 7, int threads = 2, long seed = 0)
    {
        var lines = await ReadAsync(flow, new EngineOptions { BatchRows = batchRows, Parallelism = threads, Seed = seed });
        var seen = new FencedNode.Seen();
        var fenced = new Flow(FencedNode.Around(flow.Node, seen));
        Assert.Equal(await ReadAsync(fenced, new EngineOptions { BatchRows = batchRows + 3, Parallelism = 1, Seed = seed }), lines);
        if (!seen.Accounts.Exists(a => a.Operator == "limit"))
            Assert.All(seen.Accounts, a => Assert.True(a.Rows.IsBalanced, $"{a.Operator} does not balance"));
        return lines;
    }

    /// <summary>The root of a flow as it binds.</summary>
    public static async Task<BoundNode> BindAsync(Flow flow)
    {
        var seen = new FencedNode.Seen();
        await EngineFixture.Reader().ExplainAsync(new Flow(new FencedNode(flow.Node, seen)), Cancel);
        return seen.Bound[0];
    }

    /// <summary>The plan as it runs.</summary>
    public static async Task<string> PlanAsync(Flow flow) => (await EngineFixture.Reader().ExplainAsync(flow, Cancel)).Split("as run:\n")[1];

    /// <summary>The names of a flow's columns.</summary>
    public static async Task<string> NamesAsync(Flow flow) => string.Join(", ", (await BindAsync(flow)).Schema.FieldsList.Select(f => f.Name));

    public static async Task<string> RefusedAsync(Func<Flow> describe) =>
        (await Assert.ThrowsAsync<PlanException>(async () => await BindAsync(describe()))).Message;

    private static async Task<List<string>> ReadAsync(Flow flow, EngineOptions options)
    {
        var lines = new List<string>();
        await foreach (var batch in EngineFixture.Reader(options).ReadAsync(flow, Cancel))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                    lines.Add(string.Join('|', batch.Arrays.Select(a => Cell(a, row))));
            }
        }

        Assert.All(Sources(flow.Node), s => Assert.Equal(0, (s as CutSource)?.Allocator?.HeldBytes ?? (s as BatchesSource)?.Allocator?.HeldBytes ?? 0));
        return lines;
    }

    private static IEnumerable<BatchSource> Sources(PlanNode node) => node is ScanNode scan ? [scan.Source] : node.Inputs.SelectMany(Sources);

    private static string Cell(IArrowArray column, int row) => column switch
    {
        _ when column.IsNull(row) => "-",
        Int32Array c => FormattableString.Invariant($"{c.Values[row]}"),
        Int64Array c => FormattableString.Invariant($"{c.Values[row]}"),
        DoubleArray c => FormattableString.Invariant($"{c.Values[row]}"),
        StringArray c => c.GetString(row),
        ListArray c => $"[{string.Join(' ', Enumerable.Range(c.ValueOffsets[row], c.GetValueLength(row)).Select(i => Cell(c.Values, i)))}]",
        StructArray c => $"({string.Join(' ', c.Fields.Select(f => Cell(f, row)))})",
        _ => throw new NotSupportedException(column.Data.DataType.Name),
    };
}
