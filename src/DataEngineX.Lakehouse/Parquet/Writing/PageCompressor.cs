using DataEngineX.Lakehouse.Parquet.Format;
using Snappier;
using ZstdSharp;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Packs pages.</summary>
internal sealed class PageCompressor(ParquetCompression compression) : IDisposable
{
    private const int ZstdLevel = 1;

    private Compressor? _zstd;

    internal PageCodec Codec => compression switch
    {
        ParquetCompression.None => PageCodec.Uncompressed,
        ParquetCompression.Zstd => PageCodec.Zstd,
        _ => PageCodec.Snappy,
    };

    /// <summary>Packs a page behind what a sink holds.</summary>
    /// <returns>The bytes it takes.</returns>
    internal int Pack(ReadOnlySpan<byte> page, ByteSink into)
    {
        int written;
        switch (compression)
        {
            case ParquetCompression.None:
                into.Write(page);
                return page.Length;
            case ParquetCompression.Zstd:
                written = (_zstd ??= new Compressor(ZstdLevel)).Wrap(page, into.Room(Compressor.GetCompressBound(page.Length)));
                break;
            default:
                written = Snappy.Compress(page, into.Room(Snappy.GetMaxCompressedLength(page.Length)));
                break;
        }

        into.Advance(written);
        return written;
    }

    public void Dispose() => _zstd?.Dispose();
}
