using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>run &lt;pipeline&gt;</c></summary>
internal sealed class RunVerb(IPipelineCatalog pipelines, IRunPlacement placement, IRunsAtWork runs, TimeProvider clock) : IHostVerb
{
    public string Name => "run";

    public string Usage => "<pipeline> [--partition <partition>] [--full] [--plan <file>] [--progress]: run it once and wait for its end";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (VerbPipeline.Find(this, arguments, pipelines, output) is not { } pipeline)
            return ExitCodes.Misused;
        PlannedRun? planned = null;
        if (arguments.Option("plan") is { } file && (planned = await PlanFile.ReadAsync(file, output, cancellationToken).ConfigureAwait(false)) is null)
            return ExitCodes.Misused;
        var request = new RunRequest(pipeline.Name, "manual", arguments.Option("partition"), RunId.New(clock)) { IsFull = arguments.Has("full"), Planned = planned };
        var tells = arguments.Has("progress");
        return await RunLine.ExecuteAsync(tells ? new Telling(placement, runs, output) : placement, request, output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A placement that writes how far the run is.</summary>
    private sealed class Telling(IRunPlacement placement, IRunsAtWork runs, IVerbOutput output) : IRunPlacement
    {
        public async ValueTask<RunRecord> ExecuteAsync(RunRequest request, CancellationToken cancellationToken = default)
        {
            var lines = new ProgressLines(request, runs, output.Error);
            await using var writing = lines.ConfigureAwait(false);
            return await placement.ExecuteAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
