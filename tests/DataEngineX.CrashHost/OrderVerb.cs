using DataEngineX.Hosting;
using DataEngineX.Pipelines;

namespace DataEngineX.CrashHost;

/// <summary><c>order &lt;pipeline&gt; &lt;from&gt; &lt;to&gt;</c></summary>
internal sealed class OrderVerb(IBackfills backfills) : IHostVerb
{
    public string Name => "order";

    public string Usage => "<pipeline> <from> <to>: backfill in the background, as a dashboard orders it, and wait for its end";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        var record = await backfills.StartAsync(new BackfillRequest(arguments.Values[0]) { From = arguments.Values[1], To = arguments.Values[2] }, cancellationToken);
        while (await backfills.FindAsync(record.Id, cancellationToken) is { State: RunState.Running })
            await Task.Delay(50, cancellationToken);
        return 0;
    }
}
