using System.Numerics;

namespace DataEngineX.Pipelines;

/// <summary>Fills the table of an as-of join on the threads of the run.</summary>
internal static class AsOfTables
{
    /// <summary>Bytes that a table may take for so many rows, with what filling it needs.</summary>
    public static long BytesFor(long rows, bool isWide) => JoinTables.BytesFor(rows) + (rows * (isWide ? 32 : 24));

    public static ValueTask<JoinTable> FillAsync(
        JoinPlan plan, BuildKeys keys, EngineContext context, OperatorMemory memory, CancellationToken cancellationToken) => plan.AsOf!.IsWide
        ? FillAsync<Int128>(plan, keys, context, memory, cancellationToken)
        : FillAsync<long>(plan, keys, context, memory, cancellationToken);

    private static async ValueTask<JoinTable> FillAsync<T>(
        JoinPlan plan, BuildKeys keys, EngineContext context, OperatorMemory memory, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryInteger<T>
    {
        AsOfKeys? groups = null;
        AsOfTable<T>? table = null;
        try
        {
            if (plan.BuildKeys.Count > 1)
                groups = await AsOfKeys.FillAsync(plan, keys, context, memory, cancellationToken).ConfigureAwait(false);
            table = new AsOfTable<T>(plan.AsOf!, keys, groups, memory);
            await EachAsync(table.FindGroups).ConfigureAwait(false);
            table.Place();
            await EachAsync(chunk => table.Fill(chunk)).ConfigureAwait(false);
            return table;
        }
        catch
        {
            if (table is not null)
                table.Dispose();
            else
                groups?.Dispose();
            throw;
        }

        ValueTask EachAsync(Action<int> step) => Workers.RunAsync(
            context,
            keys.Chunks.Count,
            (chunk, _) =>
            {
                step(chunk);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
    }
}
