using DataEngineX.Hosting;

namespace DataEngineX.CrashHost;

/// <summary><c>chore &lt;name&gt;</c></summary>
internal sealed class ChoreVerb(ITableCatalog tables, IObjectStore store, IFailpoints failpoints) : IHostVerb
{
    public string Name => "chore";

    public string Usage => "<name> [<number> ...]: do something to a table by hand";

    public async ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken)
    {
        await new Chores(tables, store, failpoints).DoAsync(arguments.Values[0], [.. arguments.Values.Skip(1)]);
        return 0;
    }
}
