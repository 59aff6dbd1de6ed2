using System.Globalization;
using DataEngineX.Hosting.Telemetry;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>run &lt;pipeline&gt;</c></summary>
internal sealed class RunVerb(IPipelineCatalog pipelines, IRunPlacement placement, IRunsAtWork runs, TimeProvider clock) : IHostVerb
{
    public string Name => "run";

    public string Usage => "<pipeline> [--partition <partition>] [--full] [--progress]: run it once and wait for its end";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (VerbPipeline.Find(this, arguments, pipelines, output) is not { } pipeline)
            return ExitCodes.Misused;
        var request = new RunRequest(pipeline.Name, "manual", arguments.Option("partition"), RunId.New(clock)) { IsFull = arguments.Has("full") };
        RunRecord run;
        try
        {
            run = arguments.Has("progress")
                ? await TellingAsync(request, output, cancellationToken).ConfigureAwait(false)
                : await placement.ExecuteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.Error.WriteLineAsync($"{pipeline.Name} cancelled.").ConfigureAwait(false);
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

    private async ValueTask<RunRecord> TellingAsync(RunRequest request, IVerbOutput output, CancellationToken cancellationToken)
    {
        var lines = new ProgressLines(request, runs, output.Error);
        await using var writing = lines.ConfigureAwait(false);
        return await placement.ExecuteAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
