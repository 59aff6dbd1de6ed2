using System.Globalization;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>plan &lt;pipeline&gt;</c></summary>
internal sealed class PlanVerb(IPipelineCatalog pipelines, IPipelineRunner runner) : IHostVerb
{
    public string Name => "plan";

    public string Usage => "<pipeline>: tell what a run would do now, without doing it";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (VerbPipeline.Find(this, arguments, pipelines, output) is not { } pipeline)
            return ExitCodes.Misused;
        var plan = await runner.PlanAsync(pipeline.Name, cancellationToken).ConfigureAwait(false);
        await output.Out.WriteLineAsync($"{plan.Pipeline}: {(plan.HasWork ? "would run" : "nothing to do")}. {plan.Reason}").ConfigureAwait(false);
        await output.Out.WriteLineAsync($"run key: {plan.RunKey}").ConfigureAwait(false);
        await output.Out.WriteLineAsync("inputs:").ConfigureAwait(false);
        foreach (var input in plan.Inputs)
            await output.Out.WriteLineAsync($"  {input}{(input.HasData ? string.Empty : " (nothing new)")}").ConfigureAwait(false);
        if (plan.Partitions.Count > 0)
            await output.Out.WriteLineAsync("partitions:").ConfigureAwait(false);
        foreach (var planned in plan.Partitions)
            await output.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {planned.Partitions.Count:N0}: {planned.Name} ({planned.Reason})")).ConfigureAwait(false);
        await output.Out.WriteLineAsync("plan:").ConfigureAwait(false);
        await output.Out.WriteLineAsync(plan.Explain.TrimEnd()).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
