using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>replay &lt;pipeline&gt;</c></summary>
internal sealed class ReplayVerb(IPipelineCatalog pipelines, IRunPlacement placement, TimeProvider clock) : IHostVerb
{
    public string Name => "replay";

    public string Usage => "<pipeline>: run the rows that its gate has set aside through it again, each once; what fails again is set aside again";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken) =>
        VerbPipeline.Find(this, arguments, pipelines, output) is { } pipeline
            ? await RunLine.ExecuteAsync(
                placement, new RunRequest(pipeline.Name, RunTriggers.Replay, RunId: RunId.New(clock)) { IsReplay = true }, output, cancellationToken).ConfigureAwait(false)
            : ExitCodes.Misused;
}
