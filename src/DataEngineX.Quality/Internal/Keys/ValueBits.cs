using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Which of some whole numbers that lie close together are there, a bit each, in the run's memory.</summary>
internal sealed class ValueBits(SpillSpace space) : IDisposable
{
    private const int BitsPerRow = 64;

    private const long FreeBits = 1 << 20;

    private const int FreeBytes = 1 << 16;

    private IMemoryOwner<byte>? _memory;
    private long _firstWord;
    private int _words;

    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var word in Words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    public bool IsEmpty => _memory is null;

    private Span<ulong> Words => _memory is null ? [] : MemoryMarshal.Cast<byte, ulong>(_memory.Memory.Span)[.._words];

    /// <summary>Adds values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="rows">How many rows there are by now: so far apart may values lie.</param>
    /// <returns>False, and nothing is added, where they lie too far apart.</returns>
    public bool TryAdd(ReadOnlySpan<ulong> values, long rows)
    {
        if (values.IsEmpty)
            return true;
        var (least, greatest) = (values[0], values[0]);
        foreach (var value in values)
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        if (!TryReach((long)(least >> 6), (long)(greatest >> 6), rows))
            return false;
        var words = Words;
        foreach (var value in values)
            words[(int)((long)(value >> 6) - _firstWord)] |= 1UL << (int)(value & 63);
        return true;
    }

    /// <summary>Adds the values of another.</summary>
    /// <returns>False, and nothing is added, where they lie too far apart.</returns>
    public bool TryAdd(ValueBits other, long rows)
    {
        if (other.IsEmpty)
            return true;
        if (!TryReach(other._firstWord, other._firstWord + other._words - 1, rows))
            return false;
        var own = Words[(int)(other._firstWord - _firstWord)..];
        var added = other.Words;
        for (var i = 0; i < added.Length; i++)
            own[i] |= added[i];
        return true;
    }

    /// <summary>Takes each value in order.</summary>
    public void Visit(Action<ulong> visitor)
    {
        for (var w = 0; w < _words; w++)
        {
            for (var word = Words[w]; word != 0; word &= word - 1)
                visitor((((ulong)_firstWord + (ulong)w) << 6) + (ulong)BitOperations.TrailingZeroCount(word));
        }
    }

    public void Dispose()
    {
        if (_memory is not null)
            space.GiveBack(_memory, _words * sizeof(ulong));
        (_memory, _words, _firstWord) = (null, 0, 0);
    }

    /// <summary>Makes room from one word to another, and for as much again at an end that had to move.</summary>
    private bool TryReach(long first, long last, long rows)
    {
        if (_memory is not null && first >= _firstWord && last < _firstWord + _words)
            return true;
        var (low, high) = _memory is null ? (first, last) : (Math.Min(first, _firstWord), Math.Max(last, _firstWord + _words - 1));
        var most = Math.Max(FreeBits, BitsPerRow * rows) >> 6;
        if (high - low >= Math.Min(most, Math.Max(FreeBytes, space.Left / 2) / sizeof(ulong)) || high - low > 1 << 26)
            return false;
        if (_memory is not null)
        {
            low -= low < _firstWord ? Math.Min(low, _words / 2) : 0;
            high += high >= _firstWord + _words ? _words / 2 : 0;
        }

        var words = (int)(high - low + 1);
        var memory = space.Take(words * sizeof(ulong));
        var target = MemoryMarshal.Cast<byte, ulong>(memory.Memory.Span)[..words];
        target.Clear();
        var old = Words;
        old.CopyTo(target[(old.IsEmpty ? 0 : (int)(_firstWord - low))..]);
        Dispose();
        (_memory, _firstWord, _words) = (memory, low, words);
        return true;
    }
}
