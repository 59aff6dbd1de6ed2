using DataEngineX.Pipelines.Tests.Engine;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Pipelines.Tests.Execution;

/// <summary>However a read ends, its memory is given back and nothing is left in the scratch folder: for every operator, in memory and spilling.</summary>
public sealed class LeakTests : IDisposable
{
    private const int Parts = 20;
    private const int BatchesInPart = 4;
    private const int RowsInBatch = 250;
    private const long Plenty = 1L << 30;
    private const long Tight = 1_600_000;
    private const long TooTight = 150_000;

    private readonly string _scratch = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static readonly Dictionary<string, Func<Flow, Flow, Flow>> Operators = new(StringComparer.Ordinal)
    {
        ["filter"] = (l, _) => l.Where(Col("row") % 3 != 0 & Col("text").Contains("1")),
        ["select"] = (l, _) => l.Select(Col("text").Upper().As("text"), (Col("row") * 2).As("row")),
        ["limit"] = (l, _) => l.Take(3_000),
        ["group_by"] = (l, _) => l.GroupBy(Col("row").As("row"), Col("part").As("part")).Aggregate(
            Aggregate.Count(), Aggregate.First(Col("text")), Aggregate.Median(Col("row")), Aggregate.Largest(Col("part"), 2), Aggregate.CountDistinct(Col("text"))),
        ["group_by text"] = (l, _) => l.GroupBy(Col("text").As("text")).Aggregate(Aggregate.Sum(Col("part")), Aggregate.Max(Col("text"))),
        ["group_by nothing"] = (l, _) => l.GroupBy().Aggregate(Aggregate.Sum(Col("part")), Aggregate.Min(Col("text")), Aggregate.StandardDeviation(Col("row"))),
        ["distinct"] = (l, _) => l.Distinct(),
        ["distinct by"] = (l, _) => l.Distinct("text"),
        ["sort"] = (l, _) => l.OrderBy(new OrderKey("text", true), new OrderKey("part")),
        ["top"] = (l, _) => l.OrderBy(new OrderKey("text", true), new OrderKey("part")).Take(200),
        ["window"] = (l, _) => l.Window(
            ["row"], [new OrderKey("part")], WindowColumn.RunningSum(Col("part")).As("sum"), WindowColumn.Lag(Col("text")).As("before"), WindowColumn.Rank().As("rank")),
        ["union"] = (l, r) => l.Union(r),
        ["inner join"] = Join(JoinKind.Inner),
        ["left join"] = Join(JoinKind.Left),
        ["right join"] = Join(JoinKind.Right),
        ["full join"] = Join(JoinKind.Full),
        ["semi join"] = Join(JoinKind.Semi),
        ["anti join"] = Join(JoinKind.Anti),
        ["conditional join"] = (l, r) => l.Join(Renamed(r), [Col("row")], [Col("row2")], JoinKind.Full, Col("part") + 1 == Col("part2")),
        ["cross join"] = (l, r) => l.Take(300).CrossJoin(Renamed(r).Where(Col("part2") < 2), Col("row") < Col("row2")),
    };

    public static TheoryData<string, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, bool>();
            foreach (var name in Operators.Keys)
            {
                foreach (var threads in new[] { 1, 3 })
                {
                    cases.Add(name, threads, false);
                    cases.Add(name, threads, true);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Memory_is_given_back(string name, int threads, bool spills)
    {
        var build = Operators[name];
        var options = new EngineOptions { BatchRows = 500, Parallelism = threads, MemoryBudgetBytes = spills ? Tight : Plenty, ScratchFolder = _scratch };

        // The first rows of an order are held and never spilled.
        if (name == "top")
            options.MemoryBudgetBytes = Plenty;
        Assert.True(await EndAsync(build, options, End.Success) > 0);
        foreach (var end in Enum.GetValues<End>().Where(e => e is not (End.Success or End.BudgetEnds)))
            await EndAsync(build, options, end);
        if (!spills)
            return;
        options.MemoryBudgetBytes = TooTight;
        await EndAsync(build, options, End.BudgetEnds);
    }

    [Theory]
    [InlineData("group_by")]
    [InlineData("distinct")]
    [InlineData("sort")]
    [InlineData("window")]
    [InlineData("left join")]
    [InlineData("full join")]
    [InlineData("conditional join")]
    public async Task The_tight_budget_makes_it_spill(string name)
    {
        var reader = EngineFixture.Reader(new EngineOptions { BatchRows = 500, Parallelism = 3, MemoryBudgetBytes = Tight, ScratchFolder = _scratch });
        var text = await reader.ExplainRunAsync(Operators[name](Flow.From(Source()), Flow.From(Source())), TestContext.Current.CancellationToken);
        Assert.Matches(@"held .*, spilled \d", text);
    }

    public void Dispose()
    {
        if (Directory.Exists(_scratch))
            Directory.Delete(_scratch, recursive: true);
    }

    private static PartsSource Source() => new(Parts, BatchesInPart, RowsInBatch);

    /// <returns>The rows read.</returns>
    private async Task<long> EndAsync(Func<Flow, Flow, Flow> build, EngineOptions options, End end)
    {
        using var stop = new CancellationTokenSource();
        var batches = 0;
        var left = new PartsSource(Parts, BatchesInPart, RowsInBatch)
        {
            Fails = end == End.LeftFails ? Parts / 2 : -1,
            Before = _ => end == End.Cancelled && Interlocked.Increment(ref batches) == 30 ? new ValueTask(stop.CancelAsync()) : ValueTask.CompletedTask,
        };
        var right = new PartsSource(Parts, BatchesInPart, RowsInBatch) { Fails = end == End.RightFails ? Parts / 2 : -1 };
        var flow = build(end == End.ExpressionFails ? Overflowing(Flow.From(left)) : Flow.From(left), Flow.From(right));
        long rows = 0;
        Exception? error = null;
        try
        {
            await foreach (var batch in EngineFixture.Reader(options).ReadAsync(flow, stop.Token))
            {
                rows += batch.Length;
                batch.Dispose();
                if (end == End.ConsumerStops)
                    break;
            }
        }
        catch (Exception e)
        {
            error = e;
        }

        Check(end, error, right.Request is not null);
        Assert.Equal(0, ((TrackingAllocator)(left.Request ?? right.Request)!.Context.Allocator).HeldBytes);
        Assert.Empty(Directory.Exists(_scratch) ? Directory.GetFileSystemEntries(_scratch) : []);
        return rows;
    }

    /// <summary>A limit may be full before a fault, and a fault in an input that is not read is none.</summary>
    private static void Check(End end, Exception? error, bool readsRight)
    {
        switch (end)
        {
            case End.Success or End.ConsumerStops:
                Assert.Null(error);
                break;
            case End.Cancelled:
                Assert.True(error is null or OperationCanceledException, $"{error}");
                break;
            case End.RightFails when !readsRight:
                Assert.Null(error);
                break;
            case End.BudgetEnds:
                Assert.True(error is null or MemoryBudgetException or OperatorException, $"{error}");
                break;
            default:
                Assert.True(error is null or OperatorException, $"{error}");
                break;
        }
    }

    private static Func<Flow, Flow, Flow> Join(JoinKind kind) =>
        (l, r) => l.Join(Renamed(r).Where(Col("row2") % 2 == 0), [Col("row"), Col("text")], [Col("row2"), Col("text2")], kind, Col("part") - Col("part2") < 2 & Col("part2") - Col("part") < 2);

    private static Flow Renamed(Flow flow) => flow.Select(Col("part").As("part2"), Col("row").As("row2"), Col("text").As("text2"));

    /// <summary>The sum of a row in the middle does not fit.</summary>
    private static Flow Overflowing(Flow flow) => flow.Select(
        Col("part").As("part"), (Col("row") + If(Col("part") == Parts / 2 & Col("row") == 700, long.MaxValue, 0L)).As("row"), Col("text").As("text"));

    private enum End
    {
        Success,
        LeftFails,
        RightFails,
        ExpressionFails,
        ConsumerStops,
        Cancelled,
        BudgetEnds,
    }
}
