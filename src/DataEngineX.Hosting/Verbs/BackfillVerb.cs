using System.Globalization;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>backfill &lt;pipeline&gt;</c></summary>
internal sealed class BackfillVerb(IPipelineCatalog pipelines, Backfill backfill) : IHostVerb
{
    public string Name => "backfill";

    public string Usage =>
        "<pipeline> [--from <partition>] [--to <partition>] [--parallel <runs>] [--per-run <partitions>] [--failed] [--again]: "
        + "compute the partitions that are not done, and go on where an earlier backfill ended";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (VerbPipeline.Find(this, arguments, pipelines, output) is not { } pipeline)
            return ExitCodes.Misused;
        if (!TryCount(arguments, "parallel", out var parallel) || !TryCount(arguments, "per-run", out var perRun))
        {
            await output.Error.WriteLineAsync($"Usage: {Name} {Usage}.").ConfigureAwait(false);
            return ExitCodes.Misused;
        }

        var request = new BackfillRequest(pipeline.Name)
        {
            From = arguments.Option("from"),
            To = arguments.Option("to"),
            Parallelism = parallel,
            PartitionsPerRun = perRun,
            OnlyFailed = arguments.Has("failed"),
            Again = arguments.Has("again"),
        };
        try
        {
            return await RunAsync(request, output, cancellationToken).ConfigureAwait(false);
        }
        catch (PlanException e)
        {
            await output.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.Error.WriteLineAsync($"{pipeline.Name} cancelled; order it again to go on.").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    private async ValueTask<int> RunAsync(BackfillRequest request, IVerbOutput output, CancellationToken cancellationToken)
    {
        var result = await backfill.RunAsync(request, null, cancellationToken).ConfigureAwait(false);
        await output.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Pipeline}: {result.Asked.Count:N0} partitions to do, {result.Done.Count:N0} done in {result.Runs:N0} runs, {result.Failed:N0} runs failed.")).ConfigureAwait(false);
        foreach (var (partition, error) in result.Failures)
            await output.Error.WriteLineAsync($"{request.Pipeline} {partition}: {error}").ConfigureAwait(false);
        return result.Failed == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static bool TryCount(VerbArguments arguments, string name, out int count)
    {
        count = 1;
        return arguments.Option(name) is not { } text || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0);
    }
}
