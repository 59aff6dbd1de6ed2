namespace DataEngineX.Pipelines;

/// <summary>Takes rows from their producer, and says after how many it failed.</summary>
internal sealed class RowStreamReader<T>(string name, Func<CancellationToken, IAsyncEnumerable<T>> rows, long limit) : IAsyncDisposable
{
    private IAsyncEnumerator<T>? _rows;
    private bool _isOver;

    /// <summary>Rows taken so far.</summary>
    public long Count { get; private set; }

    /// <summary>Fills the room as far as there are rows.</summary>
    /// <returns>How many rows there were; 0 at the end.</returns>
    public async ValueTask<int> FillAsync(Memory<T> room, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < room.Length && !_isOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _isOver = Count == limit || !await MoveAsync(cancellationToken).ConfigureAwait(false);
            if (_isOver)
                break;
            Count++;
            room.Span[filled++] = _rows!.Current ?? throw new MalformedDataException($"{name}: row {Count} is null.");
        }

        return filled;
    }

    public ValueTask DisposeAsync() => _rows?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<bool> MoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            _rows ??= rows(cancellationToken).GetAsyncEnumerator(cancellationToken);
            return await _rows.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            throw new SourceFailedException(name, $"the stream failed after {Count} rows: {e.Message}", TransientFaults.Is(e), e);
        }
    }
}
