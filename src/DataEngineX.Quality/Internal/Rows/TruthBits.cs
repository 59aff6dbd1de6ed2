using System.Buffers.Binary;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The answers of a condition as bits of rows.</summary>
internal static class TruthBits
{
    /// <summary>Sets the rows for which a condition is false or null.</summary>
    public static void NotTrue(BooleanArray result, Span<ulong> rows)
    {
        var presence = new Presence(result);
        for (var w = 0; w < rows.Length; w++)
            rows[w] = ~Word(result, w) | presence.Missing(w);
        if (rows.Length > 0)
            rows[^1] &= RowBits.Tail(result.Length);
    }

    /// <summary>Sets the rows for which a condition is true.</summary>
    public static void True(BooleanArray result, Span<ulong> rows)
    {
        var presence = new Presence(result);
        for (var w = 0; w < rows.Length; w++)
            rows[w] = Word(result, w) & ~presence.Missing(w);
        if (rows.Length > 0)
            rows[^1] &= RowBits.Tail(result.Length);
    }

    /// <summary>Skips the rows for which a condition is null and fails those for which it is false.</summary>
    public static void Judge(BooleanArray result, Span<ulong> skipped, Span<ulong> fails)
    {
        var presence = new Presence(result);
        for (var w = 0; w < fails.Length; w++)
        {
            skipped[w] |= presence.Missing(w);
            fails[w] = ~Word(result, w);
        }
    }

    private static ulong Word(BooleanArray result, int index)
    {
        var start = result.Offset + (index << 6);
        var bytes = result.Data.Buffers[1].Span[(start >> 3)..];
        var shift = start & 7;
        if (bytes.Length > 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> shift;
            return shift == 0 ? word : word | ((ulong)bytes[8] << (64 - shift));
        }

        var last = 0UL;
        for (var i = 0; i < bytes.Length; i++)
            last |= (ulong)bytes[i] << (8 * i);
        return last >> shift;
    }
}
