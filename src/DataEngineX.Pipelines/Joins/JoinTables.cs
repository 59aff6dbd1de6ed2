using System.Numerics;
using System.Numerics.Tensors;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Chooses the table for the keys at hand and fills it.</summary>
internal static class JoinTables
{
    /// <summary>Below so many rows a second thread costs more than it gives.</summary>
    private const int RowsWorthThreads = 200_000;

    /// <summary>Slots a row that a table without hashing may take: as much memory as hashing would.</summary>
    private const int SlotsPerRow = 4;

    /// <summary>Bytes that a table may take for so many rows, with what filling it needs.</summary>
    public static long BytesFor(long rows) => rows * 44;

    public static async ValueTask<JoinTable> FillAsync(BuildKeys keys, EngineContext context, MemoryAllocator memory, CancellationToken cancellationToken)
    {
        var ranges = keys.Rows < RowsWorthThreads ? 1 : context.Parallelism;
        if (ranges == 1)
            return Fill(keys, memory);
        var table = Create(keys, ranges, memory);
        try
        {
            if (table is HashTable hash)
            {
                await Workers.RunAsync(
                    context, keys.Chunks.Count, (chunk, _) => Done(() => hash.Hash(chunk)), cancellationToken).ConfigureAwait(false);
            }

            var isFilled = new bool[table.Ranges];
            await Workers.RunAsync(
                context, table.Ranges, (range, _) => Done(() => isFilled[range] = table.Fill(range)), cancellationToken).ConfigureAwait(false);
            if (!isFilled.Contains(false))
                return Filled(table);
        }
        catch
        {
            table.Dispose();
            throw;
        }

        table.Dispose();
        return Fill(keys, memory);
    }

    /// <summary>Fills a table on this thread.</summary>
    public static JoinTable Fill(BuildKeys keys, MemoryAllocator memory)
    {
        var table = Create(keys, 1, memory);
        try
        {
            for (var chunk = 0; chunk < keys.Chunks.Count; chunk++)
                (table as HashTable)?.Hash(chunk);
            table.Fill(0);
            return Filled(table);
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static JoinTable Filled(JoinTable table)
    {
        (table as HashTable)?.EndFill();
        return table;
    }

    private static ValueTask Done(Action work)
    {
        work();
        return ValueTask.CompletedTask;
    }

    private static JoinTable Create(BuildKeys keys, int ranges, MemoryAllocator memory)
    {
        if (keys.Columns.Length == 0)
            return new CrossTable(keys, memory);
        if (keys.Columns is not [var only] || keys.Rows == 0)
            return new HashTable(keys, ranges, memory);
        JoinTable? direct = only.Physical switch
        {
            Physical.Int8 => TryDirect<sbyte>(keys, ranges, memory),
            Physical.Int16 => TryDirect<short>(keys, ranges, memory),
            Physical.Int32 => TryDirect<int>(keys, ranges, memory),
            Physical.Int64 => TryDirect<long>(keys, ranges, memory),
            Physical.UInt8 => TryDirect<byte>(keys, ranges, memory),
            Physical.UInt16 => TryDirect<ushort>(keys, ranges, memory),
            Physical.UInt32 => TryDirect<uint>(keys, ranges, memory),
            Physical.UInt64 => TryDirect<ulong>(keys, ranges, memory),
            _ => null,
        };
        return direct ?? new HashTable(keys, ranges, memory);
    }

    private static DirectTable<T>? TryDirect<T>(BuildKeys keys, int ranges, MemoryAllocator memory)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var (least, most) = (T.MaxValue, T.MinValue);
        foreach (var chunk in keys.Chunks)
            Widen(chunk, ref least, ref most);
        var span = least > most ? 0 : DirectTable<T>.Widen(most) - DirectTable<T>.Widen(least);
        return least <= most && span < (ulong)((keys.Rows * SlotsPerRow) + 1024)
            ? new DirectTable<T>(keys, least, (int)span + 1, ranges, memory)
            : null;
    }

    private static void Widen<T>(ProbeKeys chunk, ref T least, ref T most)
        where T : unmanaged, IBinaryInteger<T>
    {
        var values = Columns.Values<T>(chunk.Columns[0].Data);
        if (values.IsEmpty)
            return;
        if (chunk.Valid.IsEmpty)
        {
            least = T.Min(least, TensorPrimitives.Min(values));
            most = T.Max(most, TensorPrimitives.Max(values));
            return;
        }

        for (var row = 0; row < values.Length; row++)
        {
            if (!chunk.IsValid(row))
                continue;
            least = T.Min(least, values[row]);
            most = T.Max(most, values[row]);
        }
    }
}
