using System.Buffers;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Which of some whole numbers are there more than once: a bit for each value that is there, and one for each that is there again.</summary>
internal sealed class WholeCopies : IDisposable
{
    /// <summary>So many bytes are taken however short memory is: hashed keys would take no less.</summary>
    private const int LeastRoom = 1 << 16;

    private readonly SpillSpace _space;
    private readonly IMemoryOwner<byte>? _memory;
    private readonly int _words;
    private readonly ulong _least;

    private WholeCopies(SpillSpace space, IMemoryOwner<byte>? memory, int words, ulong least) =>
        (_space, _memory, _words, _least) = (space, memory, words, least);

    /// <summary>Whether there is none.</summary>
    public bool AreNone => Again.IndexOfAnyExcept(0UL) < 0;

    private Span<ulong> There => Words[.._words];

    private Span<ulong> Again => Words[_words..];

    private Span<ulong> Words => _memory is null ? [] : MemoryMarshal.Cast<byte, ulong>(_memory.Memory.Span)[..(2 * _words)];

    /// <summary>Finds the copies among keys; null where they lie too far apart for bits, or memory is too short for these.</summary>
    public static WholeCopies? TryFind(WholeKeys keys)
    {
        if (keys.Count == 0 || (keys.OnlyRises && AreApart(keys)))
            return new WholeCopies(keys.Space, null, 0, 0);
        if (!keys.AreDense || keys.Span >= 1UL << 32)
            return null;
        var words = (int)(keys.Span >> 6) + 1;
        var bytes = words * 2L * sizeof(ulong);
        if (bytes > Math.Max(LeastRoom, keys.Space.Left / 2) || bytes > int.MaxValue / 2)
            return null;
        var copies = new WholeCopies(keys.Space, keys.Space.Take((int)bytes), words, keys.Least);
        copies.Words.Clear();
        keys.Read(copies.Add);
        return copies;
    }

    /// <summary>Counts the rows of copies, and keeps the lowest of them.</summary>
    public long Count(WholeKeys keys, LowestRows lowest)
    {
        if (AreNone)
            return 0;
        var rows = 0L;
        var values = new ulong[WholePiece.Most];
        var buffer = new byte[16];
        keys.Read(piece =>
        {
            for (var start = 0; start < piece.Count; start += values.Length)
            {
                var part = values.AsSpan(0, Math.Min(values.Length, piece.Count - start));
                piece.Decode(start, part);
                for (var i = 0; i < part.Length; i++)
                {
                    if (!Has(part[i]))
                        continue;
                    rows++;
                    var row = piece.RowOf(start + i);
                    if (lowest.Wants(row))
                        lowest.Add(row, keys.Form.KeyOf(part[i]).Write(buffer), []);
                }
            }
        });
        return rows;
    }

    /// <summary>Puts the copies into a table of keys.</summary>
    public void CopyTo(KeyTable table, WholeForm form)
    {
        var again = Again;
        for (var w = 0; w < again.Length; w++)
        {
            for (var word = again[w]; word != 0; word &= word - 1)
                table.Add(form.KeyOf(_least + ((ulong)w << 6) + (ulong)System.Numerics.BitOperations.TrailingZeroCount(word)), 1);
        }
    }

    public void Dispose()
    {
        if (_memory is not null)
            _space.GiveBack(_memory, _words * 2 * sizeof(ulong));
    }

    private bool Has(ulong value) => ((Again[(int)((value - _least) >> 6)] >> (int)((value - _least) & 63)) & 1) != 0;

    /// <summary>Whether no two rising pieces overlap.</summary>
    private static bool AreApart(WholeKeys keys)
    {
        using var ends = new GrowingBuffer<Ends>(keys.Space);
        keys.Read(piece => ends.Extend(1)[0] = new Ends(piece.Least, piece.Greatest));
        var items = ends.Items;
        items.Sort(static (a, b) => a.Least.CompareTo(b.Least));
        for (var i = 1; i < items.Length; i++)
        {
            if (items[i].Least <= items[i - 1].Greatest)
                return false;
        }

        return true;
    }

    private void Add(WholePiece piece)
    {
        if (piece.IsRun)
        {
            AddRun(piece.Least - _least, piece.Greatest - _least);
            return;
        }

        Span<ulong> values = stackalloc ulong[WholePiece.Most];
        values = values[..piece.Count];
        piece.Decode(0, values);
        var there = There;
        var again = Again;
        foreach (var value in values)
        {
            var place = value - _least;
            var bit = 1UL << (int)(place & 63);
            ref var word = ref there[(int)(place >> 6)];
            again[(int)(place >> 6)] |= word & bit;
            word |= bit;
        }
    }

    private void AddRun(ulong from, ulong to)
    {
        var there = There;
        var again = Again;
        for (var w = (int)(from >> 6); w <= (int)(to >> 6); w++)
        {
            var bits = ulong.MaxValue;
            if (w == (int)(from >> 6))
                bits &= ulong.MaxValue << (int)(from & 63);
            if (w == (int)(to >> 6))
                bits &= ulong.MaxValue >> (int)(63 - (to & 63));
            again[w] |= there[w] & bits;
            there[w] |= bits;
        }
    }

    private readonly record struct Ends(ulong Least, ulong Greatest);
}
