using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>This engine, through its public front door. Its budget is 80 % of the machine's memory, as DuckDB's is by default.</summary>
internal sealed class OwnEngine(int threads, ITableCatalog? tables = null)
{
    public static long Budget { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5 * 4;

    public FlowReader Reader { get; } = ReaderOf(threads, tables);

    /// <summary>A task whose result becomes Arrow batches.</summary>
    /// <param name="flow">The query.</param>
    /// <param name="shape">How answers are compared.</param>
    /// <param name="name">What it is called where the engine does a task in two ways.</param>
    public Entry Query(Flow flow, AnswerShape? shape = null, string name = Entry.OwnName) =>
        new FlowEntry(Reader, tables, flow, shape ?? AnswerShape.Default, name, threads);

    /// <summary>A task whose result becomes a file, by a pipeline that ends in <paramref name="write"/>.</summary>
    public Entry Write(Func<string, PipelineEnd> write, Func<string, Answer> answer) => new WriteEntry(write, answer, threads);

    private static FlowReader ReaderOf(int threads, ITableCatalog? tables) => new(
        new DataAccess(tables!, null!, TimeProvider.System, new ServiceCollection().BuildServiceProvider()),
        new EngineOptions { Parallelism = threads, MemoryBudgetBytes = Budget });

    private sealed class FlowEntry(FlowReader reader, ITableCatalog? tables, Flow flow, AnswerShape shape, string name, int threads) : Entry(name, threads)
    {
        private readonly List<RecordBatch> _result = [];

        public override Entry WithThreads(int other) => new FlowEntry(ReaderOf(other, tables), tables, flow, shape, Engine, other);

        public override async ValueTask RunAsync()
        {
            await foreach (var batch in reader.ReadAsync(flow).ConfigureAwait(false))
                _result.Add(batch);
        }

        public override Answer ReadAnswer() => BatchAnswer.Read(_result, shape);

        public override void Release()
        {
            foreach (var batch in _result)
                batch.Dispose();
            _result.Clear();
        }
    }
}
