using System.Globalization;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary>Writes a line each second about a run that somebody waits for.</summary>
internal sealed class ProgressLines : IAsyncDisposable
{
    // A person waits for it: real time, also where the host replays another clock.
    private readonly PeriodicTimer _timer = new(TimeSpan.FromSeconds(1), TimeProvider.System);
    private readonly Task _writing;

    public ProgressLines(RunRequest request, IRunsAtWork runs, TextWriter to) => _writing = WriteAsync(request, runs, to);

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync(RunRequest request, IRunsAtWork runs, TextWriter to)
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            if (runs.Find(request.RunId!) is { } progress)
                await to.WriteLineAsync(Line(request.Pipeline, progress)).ConfigureAwait(false);
        }
    }

    /// <summary>Rows, share, bytes, and the time it took and will take.</summary>
    private static string Line(string pipeline, RunProgress progress)
    {
        var culture = CultureInfo.InvariantCulture;
        var rows = progress.RowsExpected is { } expected
            ? string.Create(culture, $"{progress.RowsRead:N0} of about {expected:N0} rows read ({progress.Fraction ?? 0:P0})")
            : string.Create(culture, $"{progress.RowsRead:N0} rows read");
        var left = progress.Remaining is { } remaining ? string.Create(culture, $", about {remaining.TotalSeconds:N0} s left") : "";
        return string.Create(
            culture,
            $"{pipeline}: {rows}, {progress.BytesRead / 1e6:N0} MB, {progress.RowsTaken:N0} written, {progress.Elapsed.TotalSeconds:N0} s{left}");
    }
}
