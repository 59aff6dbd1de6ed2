namespace DataEngineX.Quality;

/// <summary>
/// Count, mean and sum of squared deviations. Values are taken in blocks of a fixed length, each in two passes, and blocks are merged: exact to
/// the last digits, and the same for any split into batches, since blocks count values and not batches.
/// </summary>
internal sealed class Moments
{
    private const int BlockLength = 256;

    private readonly double[] _block = new double[BlockLength];
    private int _filled;
    private double _mean;
    private double _squares;
    private double _sum;
    private double _lost;

    public long Count { get; private set; }

    public void Add(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            var take = Math.Min(values.Length, BlockLength - _filled);
            values[..take].CopyTo(_block.AsSpan(_filled));
            _filled += take;
            values = values[take..];
            if (_filled == BlockLength)
                Flush();
        }
    }

    /// <summary>The sum, compensated for what additions lose.</summary>
    public double Sum
    {
        get
        {
            Flush();
            return _sum + (double.IsFinite(_lost) ? _lost : 0);
        }
    }

    /// <summary>The mean; NaN of no values.</summary>
    public double Mean
    {
        get
        {
            Flush();
            return Count == 0 ? double.NaN : Sum / Count;
        }
    }

    /// <summary>The standard deviation of a sample; NaN below two values.</summary>
    public double StandardDeviation
    {
        get
        {
            Flush();
            return Count < 2 ? double.NaN : Math.Sqrt(_squares / (Count - 1));
        }
    }

    private void Flush()
    {
        if (_filled == 0)
            return;
        var block = _block.AsSpan(0, _filled);
        var sum = 0d;
        foreach (var value in block)
            sum += value;
        var mean = sum / _filled;
        var squares = 0d;
        foreach (var value in block)
            squares += (value - mean) * (value - mean);
        Merge(_filled, mean, squares);
        AddSum(sum);
        _filled = 0;
    }

    private void Merge(long count, double mean, double squares)
    {
        if (Count == 0)
        {
            (Count, _mean, _squares) = (count, mean, squares);
            return;
        }

        var total = Count + count;
        var delta = mean - _mean;
        _squares += squares + (delta * delta * ((double)Count * count / total));
        _mean += delta * count / total;
        Count = total;
    }

    private void AddSum(double value)
    {
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }
}
