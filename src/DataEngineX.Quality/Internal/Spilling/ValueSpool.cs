using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>
/// All values of a column, for what needs to know those at some ranks: a sample tells between which values they lie, and where it does not, they are
/// found digit by digit. Values are never sorted as a whole.
/// </summary>
internal sealed class ValueSpool<T>(SpillSpace space) : IDisposable
    where T : unmanaged, INumber<T>
{
    private const int DigitBits = 16;

    /// <summary>How often a sample may be taken again.</summary>
    private const int MaxRounds = 4;

    /// <summary>So many values that agree in their first digits are sorted.</summary>
    private const int FewValues = 1 << 15;

    private readonly Spool _spool = new(space);

    public long Count { get; private set; }

    /// <summary>Whether one of the values is NaN.</summary>
    public bool HasNaN { get; private set; }

    public void Add(ReadOnlySpan<T> values)
    {
        _spool.Write(MemoryMarshal.AsBytes(values), Unsafe.SizeOf<T>());
        Count += values.Length;
        HasNaN = HasNaN || (typeof(T) == typeof(double) && ValueWindow<T>.HasNaN(values));

        if (space.IsFull)
            _spool.Spill();
    }

    public void Merge(ValueSpool<T> other)
    {
        if (ReferenceEquals(_spool.Space, other._spool.Space))
        {
            _spool.Take(other._spool);
            (Count, HasNaN) = (Count + other.Count, HasNaN | other.HasNaN);
        }
        else
        {
            other._spool.Read(bytes => Add(MemoryMarshal.Cast<byte, T>(bytes)));
        }
    }

    public void Save(BinaryWriter writer) => _spool.Save(writer);

    public void Load(BinaryReader reader)
    {
        var block = new T[4096];
        for (var left = StateFormat.Count(reader) / Unsafe.SizeOf<T>(); left > 0;)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, left));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(part));
            Add(part);
            left -= part.Length;
        }
    }

    /// <summary>Copies the bytes of all values, in any order.</summary>
    public void CopyTo(Memory<byte> target)
    {
        var end = 0;
        _spool.Read(bytes =>
        {
            bytes.CopyTo(target.Span[end..]);
            end += bytes.Length;
        });
    }

    /// <summary>The values at some ranks in ascending order; 0 is the lowest. None is NaN.</summary>
    public T[] Select(ReadOnlySpan<long> ranks)
    {
        var found = new T[ranks.Length];
        var few = new Few();
        for (var i = 0; i < found.Length; i++)
            found[i] = typeof(T) == typeof(Int128) ? Select<UInt128>(ranks[i], few) : Select<ulong>(ranks[i], few);
        return found;
    }

    public void Dispose() => _spool.Dispose();

    private T Select<TKey>(long rank, Few few)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        if (few.Values is { } known && rank >= few.First && rank < few.First + known.Count)
            return known[(int)(rank - few.First)];
        if (Count > FewValues && TryNear(rank, few, out var near))
            return near;
        var bits = Unsafe.SizeOf<TKey>() * 8;
        var (prefix, first, count) = (TKey.Zero, 0L, Count);
        for (var used = 0; used < bits && count > FewValues; used += DigitBits)
        {
            var counts = Digits(prefix, used, bits);
            var digit = 0;
            for (; first + counts[digit] <= rank; digit++)
                first += counts[digit];
            count = counts[digit];
            prefix = used == 0 ? TKey.CreateTruncating(digit) : (prefix << DigitBits) | TKey.CreateTruncating(digit);
            if (used + DigitBits == bits)
                return Value(prefix);
            if (count <= FewValues)
            {
                few.Keep(first, Collect(prefix, used + DigitBits, bits, (int)count));
                return few.Values![(int)(rank - first)];
            }
        }

        few.Keep(0, Collect(TKey.Zero, 0, bits, (int)count));
        return few.Values![(int)rank];
    }

    /// <summary>Looks for a value among those that a sample says are near its rank.</summary>
    /// <returns>False where they turn out not to be.</returns>
    private bool TryNear(long rank, Few few, out T value)
    {
        value = default;
        var sample = ValueWindow<T>.Sample(_spool, Count, null);
        for (var (round, place) = (0, (double)rank / Count); round < MaxRounds && sample.Length > 0; round++)
        {
            var window = ValueWindow<T>.Around(sample, place);
            _spool.Read(bytes => window.Add(MemoryMarshal.Cast<byte, T>(bytes)));
            if (window.At(rank, out value))
            {
                if (window.Inside is { } inside)
                    few.Keep(window.FirstInside, inside);
                return true;
            }

            if (!window.Holds(rank))
                return false;
            // Too many to be kept: a sample of them tells more.
            sample = ValueWindow<T>.Sample(_spool, window.CountInside, window);
            place = (double)(rank - window.FirstInside) / window.CountInside;
        }

        return false;
    }

    /// <summary>How many values that begin with a prefix have which digit behind it.</summary>
    private long[] Digits<TKey>(TKey prefix, int used, int bits)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        var counts = new long[1 << DigitBits];
        var (shift, before) = (bits - used - DigitBits, bits - used);
        var mask = TKey.CreateTruncating((1 << DigitBits) - 1);
        _spool.Read(bytes =>
        {
            foreach (var value in MemoryMarshal.Cast<byte, T>(bytes))
            {
                var key = Key<TKey>(value);
                if (used == 0 || key >> before == prefix)
                    counts[int.CreateTruncating((key >> shift) & mask)]++;
            }
        });
        return counts;
    }

    private List<T> Collect<TKey>(TKey prefix, int used, int bits, int count)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        var values = new List<T>(count);
        var before = bits - used;
        _spool.Read(bytes =>
        {
            foreach (var value in MemoryMarshal.Cast<byte, T>(bytes))
            {
                if (used == 0 || Key<TKey>(value) >> before == prefix)
                    values.Add(value);
            }
        });
        values.Sort();
        return values;
    }

    /// <summary>A whole number without sign that is ordered as the values are.</summary>
    private static TKey Key<TKey>(T value)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        if (typeof(T) == typeof(Int128))
            return TKey.CreateTruncating((UInt128)Unsafe.BitCast<T, Int128>(value) ^ (UInt128.One << 127));
        if (typeof(T) == typeof(long))
            return TKey.CreateTruncating((ulong)Unsafe.BitCast<T, long>(value) ^ (1UL << 63));
        // Minus zero is zero; below zero larger bits are lower numbers.
        var bits = BitConverter.DoubleToInt64Bits(Unsafe.BitCast<T, double>(value) + 0d);
        return TKey.CreateTruncating((ulong)(bits ^ ((bits >> 63) | long.MinValue)));
    }

    private static T Value<TKey>(TKey key)
        where TKey : unmanaged, IBinaryInteger<TKey>
    {
        if (typeof(T) == typeof(Int128))
            return Unsafe.BitCast<Int128, T>((Int128)(UInt128.CreateTruncating(key) ^ (UInt128.One << 127)));
        var bits = ulong.CreateTruncating(key);
        if (typeof(T) == typeof(long))
            return Unsafe.BitCast<long, T>((long)(bits ^ (1UL << 63)));
        var whole = (long)bits;
        return Unsafe.BitCast<double, T>(BitConverter.Int64BitsToDouble(whole < 0 ? whole ^ long.MinValue : ~whole));
    }

    /// <summary>The values found last, for the rank next to them.</summary>
    private sealed class Few
    {
        public List<T>? Values { get; private set; }

        public long First { get; private set; }

        public void Keep(long first, List<T> values) => (First, Values) = (first, values);
    }
}
