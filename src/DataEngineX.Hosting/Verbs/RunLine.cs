using System.Globalization;
using DataEngineX.Hosting.Telemetry;

namespace DataEngineX.Hosting.Verbs;

/// <summary>Makes a run that somebody waits for, and tells in one line how it ended.</summary>
internal static class RunLine
{
    public static async ValueTask<int> ExecuteAsync(IRunPlacement placement, RunRequest request, IVerbOutput output, CancellationToken cancellationToken)
    {
        RunRecord run;
        try
        {
            run = await placement.ExecuteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.Error.WriteLineAsync($"{request.Pipeline} cancelled.").ConfigureAwait(false);
            return ExitCodes.Failed;
        }

        var rows = string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Rows.Read} read, {run.Rows.Generated} generated, {run.Rows.Written} written, {run.Rows.Filtered} filtered, {run.Rows.Quarantined} quarantined");
        var published = run is { Published: true, Target: { } target } ? $"; {target} is at version {run.Version}" : "; nothing was published";
        var line = $"{run.Pipeline} {TagNames.Of(run.State)}: {rows}{published}.";
        if (run.State == RunState.Succeeded)
        {
            await output.Out.WriteLineAsync(line).ConfigureAwait(false);
            return ExitCodes.Done;
        }

        await output.Error.WriteLineAsync(run.Error is null ? line : $"{line} {run.Error}").ConfigureAwait(false);
        return ExitCodes.Failed;
    }
}
