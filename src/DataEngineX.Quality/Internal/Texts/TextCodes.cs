using System.Buffers;
using System.Buffers.Binary;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>
/// The texts of a batch as numbers of the few that differ, so that each is tested once. Found once a column for all rules; a column of many
/// different texts is given up after a thousand rows.
/// </summary>
internal sealed class TextCodes
{
    /// <summary>The most different texts.</summary>
    public const int Most = 4096;

    private const int Slots = 4 * Most;

    /// <summary>So many different texts must not be nearly all that were looked at.</summary>
    private const int Many = 1024;

    private readonly ushort[] _codes;
    private readonly int[] _positions;

    private TextCodes(IArrowArray values, ushort[] codes, int[] positions, int count) =>
        (Values, _codes, _positions, Count) = (values, codes, positions, count);

    /// <summary>The column in which the texts stand: the batch's, or its dictionary.</summary>
    public IArrowArray Values { get; }

    /// <summary>The number of different texts.</summary>
    public int Count { get; }

    /// <summary>Where in <see cref="Values"/> each text stands.</summary>
    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, Count);

    /// <summary>The code of each row; of one without a value anything.</summary>
    public ReadOnlySpan<ushort> Codes(int rows) => _codes.AsSpan(0, rows);

    /// <summary>Numbers the texts of a column; null when there are too many.</summary>
    /// <param name="source">The column as it came, maybe with a dictionary.</param>
    /// <param name="column">The column without dictionary.</param>
    /// <param name="missing">The rows without a value.</param>
    public static TextCodes? TryMake(IArrowArray source, IArrowArray column, ReadOnlySpan<ulong> missing)
    {
        if (source is DictionaryArray { Indices: Int32Array indices, Dictionary: StringArray { NullCount: 0, Length: <= Most } dictionary })
            return OfDictionary(indices, dictionary);
        return column is StringArray texts ? OfTexts(texts, missing) : null;
    }

    public void Release() => ArrayPool<ushort>.Shared.Return(_codes);

    private static TextCodes OfDictionary(Int32Array indices, StringArray dictionary)
    {
        var codes = ArrayPool<ushort>.Shared.Rent(Math.Max(1, indices.Length));
        var values = RuleBatch.Values<int>(indices);
        // What stands at a null may be no index.
        for (var i = 0; i < values.Length; i++)
            codes[i] = (uint)values[i] < (uint)dictionary.Length ? (ushort)values[i] : (ushort)0;
        return new TextCodes(dictionary, codes, [.. Enumerable.Range(0, dictionary.Length)], dictionary.Length);
    }

    private static TextCodes? OfTexts(StringArray column, ReadOnlySpan<ulong> missing)
    {
        var codes = ArrayPool<ushort>.Shared.Rent(Math.Max(1, column.Length));
        var slots = ArrayPool<ushort>.Shared.Rent(Slots);
        var positions = ArrayPool<int>.Shared.Rent(Most);
        var keys = ArrayPool<Key16>.Shared.Rent(Most);
        var count = Number(new TextColumn(column), missing, codes.AsSpan(0, column.Length), slots, positions, keys);
        var found = count < 0 ? null : new TextCodes(column, codes, positions[..count], count);
        if (found is null)
            ArrayPool<ushort>.Shared.Return(codes);
        ArrayPool<ushort>.Shared.Return(slots);
        ArrayPool<int>.Shared.Return(positions);
        ArrayPool<Key16>.Shared.Return(keys);
        return found;
    }

    /// <summary>Numbers texts by an open table; what is short enough for a key is told apart by the key alone.</summary>
    /// <returns>How many differ, or -1 when there are too many.</returns>
    private static int Number(
        TextColumn texts, ReadOnlySpan<ulong> missing, Span<ushort> codes, Span<ushort> slots, Span<int> positions, Span<Key16> keys)
    {
        slots = slots[..Slots];
        slots.Clear();
        var count = 0;
        for (var i = 0; i < codes.Length; i++)
        {
            if (!missing.IsEmpty && (missing[i >> 6] >> (i & 63) & 1) != 0)
            {
                codes[i] = 0;
                continue;
            }

            var isShort = texts.TryKey(i, out var key);
            if (!isShort)
                key = EndsOf(texts[i]);
            var slot = (int)(key.Hash >> 50);
            while (slots[slot] is var code and not 0 && !(keys[code - 1] == key && (isShort || texts[positions[code - 1]].SequenceEqual(texts[i]))))
                slot = (slot + 1) & (Slots - 1);
            if (slots[slot] == 0)
            {
                if (count == Most || (count == Many && i < Many + (Many / 4)))
                    return -1;
                (positions[count], keys[count]) = (i, key);
                slots[slot] = (ushort)++count;
            }

            codes[i] = (ushort)(slots[slot] - 1);
        }

        return count;
    }

    /// <summary>The ends of a text that is no key, with a length that no key has.</summary>
    private static Key16 EndsOf(ReadOnlySpan<byte> text)
    {
        var last = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]) ^ ((ulong)text.Length << 40);
        return new Key16(BinaryPrimitives.ReadUInt64LittleEndian(text), last | (255UL << 56));
    }
}
