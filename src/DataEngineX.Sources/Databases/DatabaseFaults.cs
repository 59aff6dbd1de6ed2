using System.Data.Common;

namespace DataEngineX.Sources;

/// <summary>Errors of a provider in our words.</summary>
internal static class DatabaseFaults
{
    internal static SourceFailedException Of(DatasetId dataset, string what, DbException e) =>
        new(dataset.ToString(), $"{what}: {e.Message}", TransientFaults.Is(e), e);

    /// <summary>Does something, and says in our words what a provider said of it.</summary>
    internal static async ValueTask<T> CatchAsync<T>(DatasetId dataset, string what, Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw Of(dataset, what, e);
        }
    }
}
