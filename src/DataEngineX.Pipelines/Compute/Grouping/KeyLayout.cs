using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// How the columns of a key are packed into 64-bit words, so that two keys are equal when their words are. Narrow values share words; a text
/// of up to 15 bytes lies inside, a longer one as its hash, with the bytes elsewhere; words that no row has needed so far are left out.
/// </summary>
/// <remarks>
/// Order of words: fixed-width values, null bits of those (if any null was seen), texts. A wider layout has the words of a narrower one and more,
/// which are zero for the rows of that one; hashes leave zero words out and so are the same under all layouts of a key.
/// </remarks>
internal sealed class KeyLayout
{
    private const int MaskBits = 64;

    private readonly int[] _logical;

    private KeyLayout(IArrowType[] types, bool hasMask, bool[] isWide)
    {
        Types = types;
        HasMask = hasMask;
        Fields = new KeyField[types.Length];
        var logical = new List<int>();
        var maskWord = PlaceFixed(types, logical);
        var fixedWords = logical.Count;
        var masks = (types.Length + MaskBits - 1) / MaskBits;
        for (var m = 0; hasMask && m < masks; m++)
            logical.Add(maskWord + m);
        for (var c = 0; c < types.Length; c++)
        {
            if (!Fields[c].IsText)
            {
                var word = hasMask ? fixedWords + (c / MaskBits) : -1;
                Fields[c] = Fields[c] with { MaskWord = word, MaskBit = 1UL << (c % MaskBits) };
                continue;
            }

            Fields[c] = Fields[c] with { Word = logical.Count, Words = isWide[c] ? 2 : 1 };
            for (var w = 0; w < Fields[c].Words; w++)
                logical.Add(maskWord + masks + (2 * c) + w);
        }

        // A key without columns still has one word, so that rows have a place.
        if (logical.Count == 0)
            logical.Add(0);
        _logical = [.. logical];
        WriteOrder = [.. Enumerable.Range(0, types.Length).OrderByDescending(c => Fields[c].Width)];
        Multipliers = [.. logical.Select(Hashing.Multiplier)];
    }

    public IArrowType[] Types { get; }

    /// <summary>The place of each column.</summary>
    public KeyField[] Fields { get; }

    /// <summary>The columns in the order in which they are written: the first in a word sets it, the others add their bits.</summary>
    public int[] WriteOrder { get; }

    /// <summary>Words of a packed key.</summary>
    public int Words => _logical.Length;

    /// <summary>A null of a fixed-width column was seen.</summary>
    public bool HasMask { get; }

    /// <summary>The multiplier of each word in the hash.</summary>
    public ulong[] Multipliers { get; }

    /// <summary>The narrowest layout of the types.</summary>
    public static KeyLayout Create(IArrowType[] types) =>
        new(types, types.Any(t => t.TypeId == ArrowTypeId.Null), new bool[types.Length]);

    /// <summary>The layout that has room for what both have.</summary>
    public KeyLayout Union(KeyLayout other) =>
        ReferenceEquals(this, other) ? this : Widen(other.HasMask, [.. other.Fields.Select(f => f.Words == 2)]);

    /// <summary>The layout with room for nulls and longer texts; this one if it has it already.</summary>
    public KeyLayout Widen(bool mask, bool[] wide)
    {
        var grows = mask && !HasMask;
        for (var c = 0; c < wide.Length; c++)
            grows |= wide[c] && Fields[c].Words == 1;
        return grows ? new KeyLayout(Types, HasMask || mask, [.. Fields.Select((f, c) => f.Words == 2 || wide[c])]) : this;
    }

    public bool IsSame(KeyLayout other) => ReferenceEquals(this, other) || _logical.AsSpan().SequenceEqual(other._logical);

    /// <summary>Moves packed keys to a layout that is at least as wide.</summary>
    public void Convert(ReadOnlySpan<ulong> rows, KeyLayout wider, Span<ulong> target)
    {
        var count = rows.Length / Words;
        target.Clear();
        for (var w = 0; w < Words; w++)
        {
            var to = System.Array.IndexOf(wider._logical, _logical[w]);
            for (var r = 0; r < count; r++)
                target[(r * wider.Words) + to] = rows[(r * Words) + w];
        }
    }

    /// <summary>Moves packed keys, in place, to a narrower layout; where that has no room, there can be no such key and the number becomes -1.</summary>
    public Span<ulong> Narrow(Span<ulong> rows, KeyLayout narrower, Span<int> ids)
    {
        for (var r = 0; r < ids.Length; r++)
        {
            ulong lost = 0;
            var to = 0;
            for (var w = 0; w < Words; w++)
            {
                // Both list their words in one order.
                var word = rows[(r * Words) + w];
                if (to < narrower.Words && narrower._logical[to] == _logical[w])
                    rows[(r * narrower.Words) + to++] = word;
                else
                    lost |= word;
            }

            if (lost != 0)
                ids[r] = -1;
        }

        return rows[..(ids.Length * narrower.Words)];
    }

    /// <summary>Gives each fixed-width column its word, widest first so that none straddles two; returns the number of the first null word.</summary>
    private int PlaceFixed(IArrowType[] types, List<int> logical)
    {
        for (var c = 0; c < types.Length; c++)
        {
            var physical = PhysicalTypes.Of(types[c]);
            Fields[c] = new KeyField(types[c], physical, WidthOf(physical), 0, 0, -1, 0, 0);
        }

        var bits = 0;
        foreach (var c in Enumerable.Range(0, types.Length).OrderByDescending(c => Fields[c].Width))
        {
            Fields[c] = Fields[c] with { Word = bits / 64, Shift = bits % 64 };
            bits += 8 * Fields[c].Width;
        }

        var words = (bits + 63) / 64;
        logical.AddRange(Enumerable.Range(0, words));
        return words;
    }

    private static int WidthOf(Physical physical) => physical switch
    {
        Physical.Bit or Physical.Int8 or Physical.UInt8 => 1,
        Physical.Int16 or Physical.UInt16 or Physical.Float16 => 2,
        Physical.Int32 or Physical.UInt32 or Physical.Float32 => 4,
        Physical.Int64 or Physical.UInt64 or Physical.Float64 => 8,
        Physical.Int128 => 16,
        _ => 0,
    };
}
