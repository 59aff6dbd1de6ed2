using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Collects rows of lists, structs and other nested columns: what each chunk has of them first, then those in their order.</summary>
internal static class NestedGather
{
    public static IArrowArray Take(RowChunks chunks, int column, ReadOnlySpan<uint> rows, MemoryAllocator allocator)
    {
        int[] order = ByChunk(rows);
        var parts = new List<IArrowArray>();
        try
        {
            using var indexRoom = new Rented<int>(rows.Length);
            using var placeRoom = new Rented<int>(rows.Length);
            Span<int> indices = indexRoom.Span;
            Span<int> places = placeRoom.Span;
            int start = 0;
            for (int i = 0; i < order.Length; i++)
            {
                uint row = rows[order[i]];
                RecordBatch batch = chunks.Batch((int)(row >> 16), out int first);
                indices[i] = first + (int)(row & 0xFFFF);
                places[order[i]] = i;
                if (i + 1 == order.Length || rows[order[i + 1]] >> 16 != row >> 16)
                {
                    parts.Add(Gather.Run(nameof(Sorting), batch.Column(column).Data, indices[start..(i + 1)], allocator));
                    start = i + 1;
                }
            }

            if (parts.Count == 0)
            {
                return Gather.Run(nameof(Sorting), chunks.Data(0, column), [], allocator);
            }

            using IArrowArray all = Concatenation.Concat(parts, allocator);
            return Gather.Run(nameof(Sorting), all.Data, places, allocator);
        }
        finally
        {
            foreach (IArrowArray part in parts)
            {
                part.Dispose();
            }
        }
    }

    /// <summary>Positions of the rows ordered by their chunk.</summary>
    private static int[] ByChunk(ReadOnlySpan<uint> rows)
    {
        var keys = new uint[rows.Length];
        var order = new int[rows.Length];
        for (int i = 0; i < order.Length; i++)
        {
            keys[i] = rows[i];
            order[i] = i;
        }

        System.Array.Sort(keys, order);
        return order;
    }
}
