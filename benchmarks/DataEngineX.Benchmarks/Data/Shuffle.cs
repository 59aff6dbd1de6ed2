namespace DataEngineX.Benchmarks.Data;

/// <summary>A fixed random order of the numbers below a count, computed for each number alone: a Feistel network, walked until it lands inside.</summary>
internal readonly struct Shuffle
{
    private readonly CounterRandom _random;
    private readonly int _halfBits;
    private readonly long _count;

    public Shuffle(string table, string column, long count)
    {
        _random = new CounterRandom(table, column + " order");
        _count = count;
        _halfBits = 1;
        while (1L << (2 * _halfBits) < count)
            _halfBits++;
    }

    /// <summary>The number at a place of the order.</summary>
    public long At(long place)
    {
        var mask = (1L << _halfBits) - 1;
        do
        {
            long left = place >> _halfBits, right = place & mask;
            for (var round = 0; round < 4; round++)
                (left, right) = (right, left ^ ((long)_random.Bits(right, round) & mask));
            place = (left << _halfBits) | right;
        }
        while (place >= _count);
        return place;
    }
}
