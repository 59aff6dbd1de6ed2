using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Quality.Tests;

/// <summary>Runs a gate through the node contract alone: binds it over a source of batches and collects what it yields and sets aside.</summary>
internal sealed class GateRun
{
    private GateRun(BoundNode bound) => Bound = bound;

    public BoundNode Bound { get; }

    public TrackingAllocator Allocator { get; } = new();

    public RowAccount Rows { get; } = new();

    public List<RecordBatch> Output { get; private init; } = [];

    public List<RecordBatch> Quarantine { get; private init; } = [];

    public List<Verdict> Verdicts { get; } = [];

    public GateStoppedException? Stopped { get; private set; }

    public static BoundNode Bind(Schema schema, Suite suite, IReadOnlyDictionary<string, Func<RecordBatch>>? references = null)
    {
        var source = new SourceNode(schema);
        var others = (references ?? new Dictionary<string, Func<RecordBatch>>()).OrderBy(r => r.Key, StringComparer.Ordinal)
            .Select(r => (Name: r.Key, Node: new SourceNode(r.Value().Schema))).ToList();
        return new CheckNode(source, suite, others.ToDictionary(o => o.Name, o => (PlanNode)o.Node, StringComparer.Ordinal))
            .Bind(new Context([source.Bind(new Context([])), .. others.Select(o => o.Node.Bind(new Context([])))]));
    }

    /// <summary>Runs to the end or to the stop of the gate.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="schema">The schema of the input.</param>
    /// <param name="batches">Makes the input with the run's allocator; the gate owns each batch.</param>
    /// <param name="all">Takes every batch that leaves the gate, so that they can be released when the run fails.</param>
    /// <param name="most">After so many batches of output the consumer leaves.</param>
    /// <param name="references">Makes the rows of the other datasets that rules look at, by name.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<GateRun> RunAsync(
        Suite suite,
        Schema schema,
        Func<MemoryAllocator, IEnumerable<RecordBatch>> batches,
        List<RecordBatch>? all = null,
        int most = int.MaxValue,
        Dictionary<string, Func<RecordBatch>>? references = null,
        CancellationToken cancellationToken = default)
    {
        var run = new GateRun(Bind(schema, suite, references)) { Output = all ?? [], Quarantine = all ?? [] };
        var operators = run.Bound.CreateOperator(new Engine(run));
        try
        {
            await foreach (var batch in operators.RunAsync([Counted(run, batches(run.Allocator), cancellationToken), .. Others(references)], cancellationToken))
            {
                run.Rows.Add(RowFlow.Out, batch.Length);
                run.Output.Add(batch);
                if (run.Output.Count >= most)
                    break;
            }
        }
        catch (GateStoppedException stopped)
        {
            run.Stopped = stopped;
        }

        return run;
    }

    public static Task<GateRun> RunAsync(Suite suite, RecordBatch batch, int length = int.MaxValue)
    {
        var parts = Tests.Rows.Split(batch, Math.Min(length, Math.Max(1, batch.Length)));
        var schema = batch.Schema;
        batch.Dispose();
        return RunAsync(suite, schema, _ => parts);
    }

    public void Release()
    {
        foreach (var batch in Output.Concat(Quarantine))
            batch.Dispose();
    }

    private static IEnumerable<IAsyncEnumerable<RecordBatch>> Others(Dictionary<string, Func<RecordBatch>>? references) =>
        (references ?? []).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Tests.Rows.Stream([r.Value()]));

    private static async IAsyncEnumerable<RecordBatch> Counted(
        GateRun run, IEnumerable<RecordBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            run.Rows.Add(RowFlow.In, batch.Length);
            yield return batch;
        }
    }

    private sealed class Context(IReadOnlyList<BoundNode> inputs) : BindContext
    {
        public override IReadOnlyList<BoundNode> Inputs => inputs;

        public override BoundExpression Bind(Expr expression, Schema schema) => ExpressionBinder.Bind(expression, schema);

        public override BoundExpression BindPredicate(Expr expression, Schema schema) => ExpressionBinder.BindPredicate(expression, schema);

        public override Schema SchemaOf(BatchSource source) => throw new NotSupportedException();
    }

    private sealed class SourceNode(Schema schema) : PlanNode
    {
        public override string Operator => "rows";

        public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs) => this;

        public override void WriteCanonical(CanonicalWriter writer)
        {
        }

        public override BoundNode Bind(BindContext context) => new BoundSource(this, schema);
    }

    private sealed class BoundSource(PlanNode node, Schema schema) : BoundNode(node, [], schema)
    {
        public override NodeLineage Lineage => new(new Dictionary<string, IReadOnlyList<LineageEdge>>(), []);

        public override Operator CreateOperator(OperatorContext context) => throw new NotSupportedException();
    }

    private sealed class Engine(GateRun run) : OperatorContext, ISideOutputWriter
    {
        public override MemoryAllocator Allocator => run.Allocator;

        public override RunParameters Parameters { get; } = new(Suites.Now);

        public override RunInfo Run { get; } = new("1", "test", null, 1);

        public override RowAccount Rows => run.Rows;

        public override int Parallelism => 1;

        public override DataAccess Data => throw new NotSupportedException();

        public override ISideOutputWriter SideOutput(string name)
        {
            Assert.Equal("quarantine", name);
            return this;
        }

        public ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
        {
            run.Quarantine.Add(batch);
            return ValueTask.CompletedTask;
        }

        public override void Report(IReadOnlyList<Verdict> verdicts) => run.Verdicts.AddRange(verdicts);

        public override void ReportRefused(SourceRefusedException refused) => throw new NotSupportedException();
    }
}
