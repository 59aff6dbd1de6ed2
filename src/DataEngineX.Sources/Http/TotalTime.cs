namespace DataEngineX.Sources;

/// <summary>Names the limit of a whole read where that has ended it.</summary>
internal static class TotalTime
{
    internal static async Task<T> WithinAsync<T>(this Task<T> work, DatasetId dataset, TimeSpan limit, CancellationToken total, CancellationToken asked)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (total.IsCancellationRequested && !asked.IsCancellationRequested)
        {
            throw new SourceFailedException(dataset.ToString(), $"the read took longer than {limit}, the most of one read", isTransient: true, e);
        }
    }
}
