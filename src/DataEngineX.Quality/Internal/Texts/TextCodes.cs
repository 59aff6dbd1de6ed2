using System.Buffers;
using System.Buffers.Binary;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>
/// The texts of a batch as numbers of the few that differ, so that each is tested once. Found once a column for all rules; a column of many
/// different texts is given up after a few hundred rows.
/// </summary>
internal sealed class TextCodes
{
    /// <summary>The most different texts; a code is a byte.</summary>
    public const int Most = 256;

    private const int Slots = 1024;

    private readonly byte[] _codes;
    private readonly int[] _positions;

    private TextCodes(IArrowArray values, byte[] codes, int[] positions, int count) =>
        (Values, _codes, _positions, Count) = (values, codes, positions, count);

    /// <summary>The column in which the texts stand: the batch's, or its dictionary.</summary>
    public IArrowArray Values { get; }

    /// <summary>The number of different texts.</summary>
    public int Count { get; }

    /// <summary>Where in <see cref="Values"/> each text stands.</summary>
    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, Count);

    /// <summary>The code of each row; of one without a value anything.</summary>
    public ReadOnlySpan<byte> Codes(int rows) => _codes.AsSpan(0, rows);

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

    public void Release() => ArrayPool<byte>.Shared.Return(_codes);

    private static TextCodes OfDictionary(Int32Array indices, StringArray dictionary)
    {
        var codes = ArrayPool<byte>.Shared.Rent(Math.Max(1, indices.Length));
        var values = RuleBatch.Values<int>(indices);
        for (var i = 0; i < values.Length; i++)
            codes[i] = (byte)values[i];
        return new TextCodes(dictionary, codes, [.. Enumerable.Range(0, dictionary.Length)], dictionary.Length);
    }

    private static TextCodes? OfTexts(StringArray column, ReadOnlySpan<ulong> missing)
    {
        var texts = new TextColumn(column);
        var codes = ArrayPool<byte>.Shared.Rent(Math.Max(1, column.Length));
        var positions = new int[Most];
        Span<short> slots = stackalloc short[Slots];
        slots.Fill(-1);
        var count = 0;
        for (var i = 0; i < column.Length; i++)
        {
            if (!missing.IsEmpty && (missing[i >> 6] >> (i & 63) & 1) != 0)
            {
                codes[i] = 0;
                continue;
            }

            var text = texts[i];
            var slot = (int)(Hash(text) >> 54);
            while (slots[slot] >= 0 && !texts[positions[slots[slot]]].SequenceEqual(text))
                slot = (slot + 1) & (Slots - 1);
            if (slots[slot] < 0)
            {
                if (count == Most)
                {
                    ArrayPool<byte>.Shared.Return(codes);
                    return null;
                }

                positions[count] = i;
                slots[slot] = (short)count++;
            }

            codes[i] = (byte)slots[slot];
        }

        return new TextCodes(column, codes, positions, count);
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong first, last;
        if (text.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(text);
            last = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]);
        }
        else
        {
            first = 0;
            foreach (var b in text)
                first = (first << 8) | b;
            last = 0;
        }

        var mixed = (first * 0x9E3779B97F4A7C15) ^ ((last + (ulong)text.Length) * 0xC2B2AE3D27D4EB4F);
        return (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
    }
}
