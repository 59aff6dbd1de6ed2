using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>
/// Texts as words of a key. The top byte of the first word is the length, or a mark for null and for long texts; the other seven bytes and the
/// second word hold up to 15 bytes of text. The second word of a longer text is the hash of all of it.
/// </summary>
internal static class KeyText
{
    /// <summary>The most bytes that lie inside one word.</summary>
    public const int Narrow = 7;

    /// <summary>The most bytes that lie inside two words.</summary>
    public const int Inline = 15;

    public const ulong NullWord = 0xFEUL << 56;

    private const ulong LongMark = 0xFFUL << 56;
    private const ulong Low = (1UL << 56) - 1;

    public static int Length(ulong word) => (int)(word >> 56);

    public static bool IsLong(ulong word) => word >= LongMark;

    /// <summary>Whether any text is longer than one word holds.</summary>
    public static bool IsWide(ArrayData data) => LongerThan(data, 0, data.Length, Narrow);

    /// <summary>Whether any text needs its bytes kept beside the key.</summary>
    public static bool AnyLong(ArrayData data, int start, int count) => LongerThan(data, start, count, Inline);

    public static void Encode(in KeyField field, ArrayData data, int start, int count, Span<ulong> rows, int words)
    {
        var column = new BytesColumn(data);
        var offsets = column.Offsets.Slice(start, data.Length == 0 ? 0 : count + 1);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), field.Word);
        if (!column.Validity.AllSet)
            EncodeNullable(column, start, count, ref target, words, field.Words == 2);
        else if (field.Words == 1)
            EncodeNarrow(offsets, column.Bytes, ref target, words);
        else
            EncodeWide(offsets, column.Bytes, ref target, words);
    }

    /// <summary>The words of one text; the second is unused when all are narrow.</summary>
    public static (ulong First, ulong Second) Words(ReadOnlySpan<byte> text)
    {
        if (text.Length > Inline)
            return (LongMark | (BinaryPrimitives.ReadUInt64LittleEndian(text) & Low), Hashing.Of(text));
        Span<byte> room = stackalloc byte[24];
        room.Clear();
        text.CopyTo(room);
        return ((BinaryPrimitives.ReadUInt64LittleEndian(room) & Low) | ((ulong)text.Length << 56), BinaryPrimitives.ReadUInt64LittleEndian(room[7..]));
    }

    private static bool LongerThan(ArrayData data, int start, int count, int limit)
    {
        if (data.Length == 0)
            return false;
        var offsets = Columns.Offsets(data).Slice(start, count + 1);
        var longest = 0;
        for (var i = 0; i + 1 < offsets.Length; i++)
            longest = Math.Max(longest, offsets[i + 1] - offsets[i]);
        if (longest <= limit)
            return false;
        var validity = Bits.Validity(data);
        if (validity.AllSet)
            return true;
        for (var i = 0; i < count; i++)
        {
            if (offsets[i + 1] - offsets[i] > limit && validity[start + i])
                return true;
        }

        return false;
    }

    private static void EncodeNullable(BytesColumn column, int start, int count, ref ulong target, int words, bool isWide)
    {
        for (var i = 0; i < count; i++)
        {
            var (first, second) = column.Validity[start + i] ? Words(column[start + i]) : (NullWord, 0);
            target = first;
            if (isWide)
                Unsafe.Add(ref target, 1) = second;
            target = ref Unsafe.Add(ref target, words);
        }
    }

    // Both loops read whole words past the end of a text and mask them; texts near the end of the buffer go the careful way.
    private static void EncodeNarrow(ReadOnlySpan<int> offsets, ReadOnlySpan<byte> bytes, ref ulong target, int words)
    {
        ref var source = ref MemoryMarshal.GetReference(bytes);
        var safe = bytes.Length - 8;
        for (var i = 0; i + 1 < offsets.Length; i++)
        {
            var begin = offsets[i];
            var length = offsets[i + 1] - begin;
            target = begin <= safe
                ? (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, begin)) & ((1UL << (8 * length)) - 1)) | ((ulong)length << 56)
                : Words(bytes.Slice(begin, length)).First;
            target = ref Unsafe.Add(ref target, words);
        }
    }

    private static void EncodeWide(ReadOnlySpan<int> offsets, ReadOnlySpan<byte> bytes, ref ulong target, int words)
    {
        ref var source = ref MemoryMarshal.GetReference(bytes);
        var safe = bytes.Length - 16;
        for (var i = 0; i + 1 < offsets.Length; i++)
        {
            var begin = offsets[i];
            var length = offsets[i + 1] - begin;
            if (begin <= safe && (uint)(length - 8) <= Inline - 8)
            {
                target = (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, begin)) & Low) | ((ulong)length << 56);
                var rest = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, begin + 7));
                Unsafe.Add(ref target, 1) = rest & (ulong.MaxValue >> (64 - (8 * (length - 7))));
            }
            else
            {
                (target, Unsafe.Add(ref target, 1)) = Words(bytes.Slice(begin, length));
            }

            target = ref Unsafe.Add(ref target, words);
        }
    }
}
