using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Monitors at work in one run.</summary>
internal sealed class WatchOperator(WatchNode watch, BoundProfile bound, OperatorContext context) : Operator
{
    public override async IAsyncEnumerable<RecordBatch> RunAsync(
        IReadOnlyList<IAsyncEnumerable<RecordBatch>> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var now = context.Parameters.Clock;
        var worker = new ProfileWorker(bound, now, context.Allocator);
        await foreach (var batch in inputs[0].WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                worker.Take(batch, 0);
            }
            catch
            {
                batch.Dispose();
                throw;
            }

            yield return batch;
        }

        await JudgeAsync(Profile.Of(ProfileWorker.Join([worker]), now), now, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask JudgeAsync(Profile profile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var history = new DeferredHistory(HistoryOf(context.Data.Services));
        var verdicts = await new DatasetMonitor(new DatasetId("pipeline", context.Run.Pipeline), watch.Monitors)
            .ObserveAsync(history, profile, now, context.Run.Partition, context.Run.Id, cancellationToken)
            .ConfigureAwait(false);
        context.Report(verdicts);
        var stopping = verdicts.Where(Stops).ToArray();
        if (stopping.Length > 0)
            throw new GateStoppedException(stopping);
        context.WhenPublished(history.FlushAsync);
    }

    private bool Stops(Verdict verdict) => verdict.Outcome is VerdictOutcome.Fail or VerdictOutcome.Error
        && (verdict.Severity == Severity.Critical || (verdict.Severity == Severity.Error && watch.Gate == Gate.Stop));

    private static IMetricHistory HistoryOf(IServiceProvider services) =>
        (IMetricHistory?)services.GetService(typeof(IMetricHistory))
        ?? (services.GetService(typeof(IMetadataStore)) is IMetadataStore store
            ? new MetadataMetricHistory(store)
            : throw new DataEngineXException("There is nowhere to keep metrics: register an IMetricHistory or an IMetadataStore with the services."));

    /// <summary>Reads a history, and writes only when told to.</summary>
    private sealed class DeferredHistory(IMetricHistory history) : IMetricHistory
    {
        private readonly List<(MetricKey Key, MetricPoint Point)> _points = [];

        public ValueTask AppendAsync(MetricKey key, MetricPoint point, CancellationToken cancellationToken = default)
        {
            _points.Add((key, point));
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<MetricPoint>> ReadAsync(MetricKey key, CancellationToken cancellationToken = default) =>
            history.ReadAsync(key, cancellationToken);

        public async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            foreach (var (key, point) in _points)
                await history.AppendAsync(key, point, cancellationToken).ConfigureAwait(false);
        }
    }
}
