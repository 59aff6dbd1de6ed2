namespace DataEngineX.Quality;

/// <summary>Lengths of texts or lists: how often each short one is there, and the moments of the long ones.</summary>
internal sealed class LengthCounts
{
    private const int Short = 1024;
    private readonly long[] _short = new long[Short];
    private MomentSums _long;
    private int _greatest = -1;
    private int _least = int.MaxValue;

    public int? Min => _greatest < 0 ? null : _least;

    public int? Max => _greatest < 0 ? null : _greatest;

    /// <summary>How many have length zero.</summary>
    public long Empty => _short[0];

    public void Add(int length, long count)
    {
        _least = Math.Min(_least, length);
        _greatest = Math.Max(_greatest, length);
        if (length < Short)
            _short[length] += count;
        else
            _long = _long.Merge(MomentSums.Of(length, count));
    }

    public MomentSums Moments()
    {
        var moments = _long;
        for (var i = 0; i < Short; i++)
        {
            if (_short[i] > 0)
                moments = moments.Merge(MomentSums.Of(i, _short[i]));
        }

        return moments;
    }

    public void Merge(LengthCounts other)
    {
        for (var i = 0; i < Short; i++)
            _short[i] += other._short[i];
        _long = _long.Merge(other._long);
        _least = Math.Min(_least, other._least);
        _greatest = Math.Max(_greatest, other._greatest);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_least);
        writer.Write(_greatest);
        _long.Save(writer);
        var last = Math.Min(_greatest, Short - 1);
        for (var i = 0; i <= last; i++)
            writer.Write7BitEncodedInt64(_short[i]);
    }

    public static LengthCounts Load(BinaryReader reader)
    {
        var lengths = new LengthCounts { _least = reader.ReadInt32(), _greatest = reader.ReadInt32(), _long = MomentSums.Load(reader) };
        var last = Math.Min(lengths._greatest, Short - 1);
        for (var i = 0; i <= last; i++)
            lengths._short[i] = reader.Read7BitEncodedInt64();
        return lengths;
    }
}
