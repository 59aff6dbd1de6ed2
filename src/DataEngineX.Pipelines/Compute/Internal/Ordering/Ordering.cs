using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>The order of rows whose keys are whole columns.</summary>
internal static class Ordering
{
    /// <summary>The numbers of rows in order; equal rows keep theirs.</summary>
    /// <param name="keys">Columns of one length, borrowed.</param>
    /// <param name="orders">The keys; columns are places in <paramref name="keys"/>.</param>
    /// <param name="allocator">Where scratch space is allocated.</param>
    public static uint[] Of(IReadOnlyList<IArrowArray> keys, IReadOnlyList<RowOrder> orders, MemoryAllocator allocator)
    {
        int length = keys[0].Length;
        var schema = new Schema(keys.Select((k, i) => new Field($"k{i}", k.Data.DataType, true)), null);
        // The batch borrows the columns and so is not disposed.
        var batch = new RecordBatch(schema, keys, length);
        var ranges = new SortRange[orders.Count];
        for (int k = 0; k < ranges.Length; k++)
        {
            ranges[k] = new SortRange();
            ranges[k].Add(keys[orders[k].Column].Data);
        }

        var rows = new uint[length];
        if (length == 0)
        {
            return rows;
        }

        // Chunks of one batch are numbered so that a row's number is its place.
        using var chunks = new RowChunks(schema, [batch]);
        using var sorted = new SortedRows(chunks, orders, ranges, null, allocator);
        sorted.Prepare();
        int at = 0;
        for (int part = 0; part < sorted.Parts; part++)
        {
            int count = sorted.LengthOf(part);
            sorted.Sort(part, rows.AsSpan(at, count));
            at += count;
        }

        return rows;
    }
}
