namespace DataEngineX.Quality;

/// <summary>The rows with the lowest numbers, each with its key, found in any order.</summary>
internal sealed class LowestRows(int most)
{
    private readonly PriorityQueue<(long Row, byte[] Key, byte[] Identity), long> _rows = new();

    public bool Wants(long row) => _rows.Count < most || (most > 0 && row < _rows.Peek().Row);

    public void Add(long row, ReadOnlySpan<byte> key, ReadOnlySpan<byte> identity)
    {
        // The highest row comes out first.
        _rows.Enqueue((row, key.ToArray(), identity.ToArray()), -row);
        if (_rows.Count > most)
            _rows.Dequeue();
    }

    public IEnumerable<(long Row, byte[] Key, byte[] Identity)> InOrder() => _rows.UnorderedItems.Select(i => i.Element).OrderBy(r => r.Row);
}
