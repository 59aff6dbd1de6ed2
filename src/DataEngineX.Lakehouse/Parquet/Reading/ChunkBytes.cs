using DataEngineX.Lakehouse.Parquet.Format;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>The bytes of a column chunk that were read: all of them, or the dictionary and some pages.</summary>
internal sealed class ChunkBytes : IDisposable
{
    private readonly PooledBytes _bytes;

    private ChunkBytes(int length, PageLocation[] pages, int[] places, TrackingAllocator? budget)
    {
        _bytes = new PooledBytes(budget);
        Length = length;
        Pages = pages;
        Places = places;
    }

    internal byte[] Array => _bytes.Array;

    internal int Length { get; }

    /// <summary>All data pages of the chunk, when only some were read; else empty.</summary>
    internal PageLocation[] Pages { get; }

    /// <summary>Where each page lies in <see cref="Array"/>, or -1.</summary>
    internal int[] Places { get; }

    internal static async ValueTask<ChunkBytes> ReadAllAsync(
        ParquetInput input, ColumnChunk chunk, TrackingAllocator? budget, CancellationToken cancellationToken)
    {
        if (chunk.CompressedBytes is < 0 or > 0x7FFF_0000)
            Corrupt.Throw($"a column of {chunk.CompressedBytes} bytes");
        var length = (int)chunk.CompressedBytes;
        var read = new ChunkBytes(length, [], [], budget);
        await read.FillAsync(input, chunk.Start, 0, length, cancellationToken).ConfigureAwait(false);
        return read;
    }

    /// <summary>Reads the dictionary, if there is one, and the pages that hold wanted rows; neighbours in one go.</summary>
    internal static async ValueTask<ChunkBytes> ReadPagesAsync(
        ParquetInput input, ColumnChunk chunk, PageLocation[] pages, bool[] wanted, TrackingAllocator? budget, CancellationToken cancellationToken)
    {
        var places = new int[pages.Length];
        var dictionary = checked((int)Math.Max(0, pages[0].Offset - chunk.Start));
        var length = dictionary;
        for (var p = 0; p < pages.Length; p++)
        {
            places[p] = wanted[p] ? length : -1;
            length = checked(length + (wanted[p] ? pages[p].Bytes : 0));
        }

        var read = new ChunkBytes(length, pages, places, budget);
        if (dictionary > 0)
            await read.FillAsync(input, chunk.Start, 0, dictionary, cancellationToken).ConfigureAwait(false);
        for (var p = 0; p < pages.Length; p++)
        {
            if (!wanted[p])
                continue;
            int first = p, bytes = pages[p].Bytes;
            while (p + 1 < pages.Length && wanted[p + 1] && pages[p + 1].Offset == pages[p].Offset + pages[p].Bytes)
                bytes += pages[++p].Bytes;
            await read.FillAsync(input, pages[first].Offset, places[first], bytes, cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    public void Dispose() => _bytes.Dispose();

    private async ValueTask FillAsync(ParquetInput input, long offset, int at, int length, CancellationToken cancellationToken)
    {
        try
        {
            // What a damaged footer asks for is compared with the file before memory is taken for it.
            if (length < 0 || offset < 0 || offset + length > input.Length)
                Corrupt.Throw($"{length} bytes are missing at {offset}: the file is cut off or its footer is wrong");
            await input.ReadAsync(offset, _bytes.Take(Length).AsMemory(at, length), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
