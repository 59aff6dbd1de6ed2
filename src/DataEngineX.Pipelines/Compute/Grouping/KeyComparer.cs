using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Compute;

/// <summary>Compares the keys of rows with those of their numbers, whole chunks at a time.</summary>
internal static class KeyComparer
{
    /// <summary>Lists the rows whose key is not that of their number; a row without a number (-1) is not listed. Returns how many there are.</summary>
    public static int Compare(KeyTable table, in KeyChunk chunk, ReadOnlySpan<int> ids, Span<int> misses)
    {
        var missed = CompareWords(table.Keys, chunk.Rows, table.Layout.Words, ids, misses);
        for (var c = 0; c < table.Layout.Fields.Length; c++)
        {
            if (!chunk.AnyLong(c))
                continue;
            for (var row = 0; row < ids.Length; row++)
            {
                // Words of long texts are hashes: equal ones almost always mean equal texts.
                if (ids[row] >= 0 && !IsSameText(table, chunk, c, row, ids[row]) && misses[..missed].IndexOf(row) < 0)
                    misses[missed++] = row;
            }
        }

        return missed;
    }

    /// <summary>Whether the key of a row is that of a number.</summary>
    public static bool AreEqual(KeyTable table, in KeyChunk chunk, int row, int id)
    {
        var words = table.Layout.Words;
        if (!chunk[row].SequenceEqual(table.Keys.Slice(id * words, words)))
            return false;
        for (var c = 0; c < table.Layout.Fields.Length; c++)
        {
            if (table.Layout.Fields[c].Words == 2 && !IsSameText(table, chunk, c, row, id))
                return false;
        }

        return true;
    }

    /// <summary>Texts whose words are equal are equal unless both are long.</summary>
    private static bool IsSameText(KeyTable table, in KeyChunk chunk, int column, int row, int id)
    {
        var word = table.Layout.Fields[column].Word;
        return !KeyText.IsLong(chunk[row][word])
            || !KeyText.IsLong(table.Keys[(id * table.Layout.Words) + word])
            || chunk.Text(column, row).SequenceEqual(table.TextsOf(column)![id]);
    }

    // No bounds checks: numbers are those of keys, and there is a packed row for each of them.
    private static int CompareWords(ReadOnlySpan<ulong> keys, ReadOnlySpan<ulong> rows, int words, ReadOnlySpan<int> ids, Span<int> misses)
    {
        ref var key = ref MemoryMarshal.GetReference(keys);
        ref var row = ref MemoryMarshal.GetReference(rows);
        var missed = 0;
        switch (words)
        {
            case 1:
                for (var i = 0; i < ids.Length; i++)
                {
                    if (ids[i] >= 0 && Unsafe.Add(ref key, ids[i]) != Unsafe.Add(ref row, i))
                        misses[missed++] = i;
                }

                break;
            case 2:
                for (var i = 0; i < ids.Length; i++)
                {
                    ref var known = ref Unsafe.Add(ref key, 2 * (nint)ids[i]);
                    if (ids[i] >= 0 && ((known ^ row) | (Unsafe.Add(ref known, 1) ^ Unsafe.Add(ref row, 1))) != 0)
                        misses[missed++] = i;
                    row = ref Unsafe.Add(ref row, 2);
                }

                break;
            default:
                for (var i = 0; i < ids.Length; i++)
                {
                    if (ids[i] >= 0 && Differ(ref Unsafe.Add(ref key, words * (nint)ids[i]), ref row, words))
                        misses[missed++] = i;
                    row = ref Unsafe.Add(ref row, words);
                }

                break;
        }

        return missed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Differ(ref ulong left, ref ulong right, int words)
    {
        ulong difference = 0;
        for (var w = 0; w < words; w++)
            difference |= Unsafe.Add(ref left, w) ^ Unsafe.Add(ref right, w);
        return difference != 0;
    }
}
