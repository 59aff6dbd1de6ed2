using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>This engine, through its public front door. Its budget is 80 % of the machine's memory, as DuckDB's is by default.</summary>
internal sealed class OwnEngine(int threads)
{
    public static long Budget { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5 * 4;

    public FlowReader Reader { get; } = ReaderOf(threads);

    /// <summary>A task whose result becomes Arrow batches.</summary>
    public Entry Query(Flow flow, AnswerShape? shape = null) => new FlowEntry(Reader, flow, shape ?? AnswerShape.Default, threads);

    /// <summary>A task whose result becomes a file, by a pipeline that ends in <paramref name="write"/>.</summary>
    public Entry Write(Func<string, PipelineEnd> write, Func<string, Answer> answer) => new WriteEntry(write, answer, threads);

    private static FlowReader ReaderOf(int threads) => new(
        new DataAccess(null!, null!, TimeProvider.System, new ServiceCollection().BuildServiceProvider()),
        new EngineOptions { Parallelism = threads, MemoryBudgetBytes = Budget });

    private sealed class FlowEntry(FlowReader reader, Flow flow, AnswerShape shape, int threads) : Entry(OwnName, threads)
    {
        private readonly List<RecordBatch> _result = [];

        public override Entry WithThreads(int other) => new FlowEntry(ReaderOf(other), flow, shape, other);

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
