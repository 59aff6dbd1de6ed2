using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting.Running;

/// <summary>Keeps a loop going: a fault is logged and the loop begins anew, after a pause that doubles while faults follow each other.</summary>
internal static class Supervisor
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public static async Task KeepAsync(
        string name, Func<CancellationToken, Task> loop, Action? onFault, ILogger logger, CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var begun = TimeProvider.System.GetTimestamp();
            try
            {
                await loop(stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // That is what it is for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (TimeProvider.System.GetElapsedTime(begun) > LongestPause * 2)
                    pause = FirstPause;
                Log.LoopFailed(logger, name, pause, e);
                onFault?.Invoke();
            }

            // Real time: on a clock that replays the past at speed a pause would be none.
            await Task.Delay(pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
