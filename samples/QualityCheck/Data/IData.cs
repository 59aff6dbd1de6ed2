using Apache.Arrow;

namespace QualityCheck.Data;

/// <summary>Data to be checked, opened.</summary>
public interface IData : IAsyncDisposable
{
    /// <summary>The columns.</summary>
    Schema Schema { get; }

    /// <summary>What had to be guessed of the data and could be wrong, for people; null when nothing had to.</summary>
    string? Note => null;

    /// <summary>Reads all rows, once. The caller owns each batch.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken);
}
