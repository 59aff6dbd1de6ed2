using System.Diagnostics;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Tells how far a run is, each second and at its end, also while operators take in rows and the target gets none.</summary>
internal sealed class ProgressReporter : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IProgress<RunProgress> _progress;
    private readonly RunScope _scope;
    private readonly long _startedAt;
    private readonly long? _expected;
    // A person waits for it: real time, also where the host replays another clock.
    private readonly PeriodicTimer _timer = new(Period, TimeProvider.System);
    private readonly Task _reporting;
    private long _taken;

    private ProgressReporter(IProgress<RunProgress> progress, RunScope scope, BoundNode root, long startedAt)
    {
        (_progress, _scope, _startedAt) = (progress, scope, startedAt);
        var scans = PlanWalk.Nodes(root).OfType<BoundScan>().Select(s => s.Scan.Size.Rows).ToList();
        _expected = scans.TrueForAll(s => s is not null) ? scans.Sum() : null;
        _reporting = ReportAsync();
    }

    public static ProgressReporter? Start(IProgress<RunProgress>? progress, RunScope scope, BoundNode root, long startedAt) =>
        progress is null ? null : new ProgressReporter(progress, scope, root, startedAt);

    public void Took(long rows) => Interlocked.Add(ref _taken, rows);

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _reporting.ConfigureAwait(false);
        Report();
    }

    private async Task ReportAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
            Report();
    }

    private void Report()
    {
        var sources = _scope.Operators.Where(o => o.IsSource).ToList();
        _progress.Report(new RunProgress(
            _scope.Run.Id, sources.Sum(s => s.Rows[RowFlow.In]), Interlocked.Read(ref _taken), sources.Sum(s => s.OutputBytes),
            _scope.Allocator.HeldBytes, Stopwatch.GetElapsedTime(_startedAt), _expected));
    }
}
