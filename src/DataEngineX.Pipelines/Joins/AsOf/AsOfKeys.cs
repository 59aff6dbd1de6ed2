using Apache.Arrow.Types;

namespace DataEngineX.Pipelines;

/// <summary>The table over the keys of an as-of join without the time, and the keys it looks at. Owns both.</summary>
internal sealed class AsOfKeys(BuildKeys keys, JoinTable table) : IDisposable
{
    public JoinTable Table => table;

    public static async ValueTask<AsOfKeys> FillAsync(
        JoinPlan plan, BuildKeys all, EngineContext context, OperatorMemory memory, CancellationToken cancellationToken)
    {
        var count = plan.BuildKeys.Count - 1;
        IArrowType[] types = [.. plan.BuildKeys.Take(count).Select(k => TypeRules.Plain(k.Type))];
        var keys = new BuildKeys(types, [.. all.Chunks.Select(c => c.Leading(count))], all.Shift, memory);
        try
        {
            return new AsOfKeys(keys, await JoinTables.FillAsync(keys, context, memory, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        table.Dispose();
        keys.Dispose();
    }
}
