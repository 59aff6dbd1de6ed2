using System.Globalization;
using DataEngineX.Pipelines;

namespace DataEngineX.Hosting.Verbs;

/// <summary><c>plan &lt;pipeline&gt;</c></summary>
internal sealed class PlanVerb(IPipelineCatalog pipelines, IPipelineRunner runner) : IHostVerb
{
    public string Name => "plan";

    public string Usage => "<pipeline> [--save <file>]: tell what a run would do now, without doing it; `run <pipeline> --plan <file>` then does just that";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        if (VerbPipeline.Find(this, arguments, pipelines, output) is not { } pipeline)
            return ExitCodes.Misused;
        var plan = await runner.PlanAsync(pipeline.Name, cancellationToken).ConfigureAwait(false);
        await output.Out.WriteLineAsync($"{plan.Pipeline}: {(plan.HasWork ? "would run" : "nothing to do")}. {plan.Reason}").ConfigureAwait(false);
        await output.Out.WriteLineAsync($"run key: {plan.RunKey}").ConfigureAwait(false);
        await output.Out.WriteLineAsync("inputs:").ConfigureAwait(false);
        foreach (var (input, size) in plan.Expected.Select(e => (e.Input, e.Size)))
            await output.Out.WriteLineAsync($"  {input}{(input.HasData ? SizeOf(size) : " (nothing new)")}").ConfigureAwait(false);
        await TellAsync("columns:", plan.Columns.Select(c => c.ToString()), output).ConfigureAwait(false);
        await TellAsync(
            "downstream:", plan.Downstream.Select(d => $"{d.Pipeline}: {d.Dataset}.{d.Column}{(d.IsBroken ? " breaks" : "")} ({d.Because})"), output).ConfigureAwait(false);
        await TellAsync(
            "partitions:",
            plan.Partitions.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Partitions.Count:N0}: {p.Name} ({p.Reason})")),
            output).ConfigureAwait(false);
        await output.Out.WriteLineAsync("plan:").ConfigureAwait(false);
        await output.Out.WriteLineAsync(plan.Explain.TrimEnd()).ConfigureAwait(false);
        if (arguments.Option("save") is { } file)
            await PlanFile.WriteAsync(file, plan.Planned, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async ValueTask TellAsync(string head, IEnumerable<string> lines, IVerbOutput output)
    {
        foreach (var (i, line) in lines.Index())
        {
            if (i == 0)
                await output.Out.WriteLineAsync(head).ConfigureAwait(false);
            await output.Out.WriteLineAsync($"  {line}").ConfigureAwait(false);
        }
    }

    private static string SizeOf(SourceSize size) => (size.Rows, size.Bytes) switch
    {
        (null, null) => "",
        ({ } rows, null) => string.Create(CultureInfo.InvariantCulture, $" ({Most(size)}{rows:N0} rows)"),
        (null, { } bytes) => string.Create(CultureInfo.InvariantCulture, $" ({Most(size)}{bytes:N0} bytes)"),
        ({ } rows, { } bytes) => string.Create(CultureInfo.InvariantCulture, $" ({Most(size)}{rows:N0} rows, {bytes:N0} bytes)"),
    };

    private static string Most(SourceSize size) => size.IsExact ? "" : "at most ";
}
