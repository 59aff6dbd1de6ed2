using System.Buffers.Binary;
using System.IO.Compression;
using DataEngineX.Lakehouse.Parquet.Format;
using K4os.Compression.LZ4;
using Snappier;
using ZstdSharp;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Unpacks the pages of one column.</summary>
internal sealed class PageDecompressor(PageCodec codec) : IDisposable
{
    private Decompressor? _zstd;

    internal bool IsNone => codec == PageCodec.Uncompressed;

    /// <summary>Unpacks a page.</summary>
    /// <param name="source">The packed bytes.</param>
    /// <param name="into">As many bytes as the page says it has.</param>
    internal void Unpack(ReadOnlyMemory<byte> source, Span<byte> into)
    {
        int written;
        switch (codec)
        {
            case PageCodec.Snappy:
                written = Snappy.Decompress(source.Span, into);
                break;
            case PageCodec.Zstd:
                written = (_zstd ??= new Decompressor()).Unwrap(source.Span, into);
                break;
            case PageCodec.Gzip:
                written = UnpackGzip(source, into);
                break;
            case PageCodec.Brotli:
                if (!BrotliDecoder.TryDecompress(source.Span, into, out written))
                    Corrupt.Throw("a brotli page cannot be unpacked");
                break;
            case PageCodec.Lz4Raw:
                written = LZ4Codec.Decode(source.Span, into);
                break;
            case PageCodec.Lz4:
                written = UnpackFramedLz4(source.Span, into);
                break;
            default:
                throw new InvalidDataException($"pages packed by codec {(int)codec} are not read");
        }

        if (written != into.Length)
            Corrupt.Throw($"a page unpacks to {written} bytes where its header says {into.Length}");
    }

    public void Dispose() => _zstd?.Dispose();

    private static int UnpackGzip(ReadOnlyMemory<byte> source, Span<byte> into)
    {
        using var bytes = new ReadOnlyMemoryStream(source);
        using var gzip = new GZipStream(bytes, CompressionMode.Decompress);
        return gzip.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }

    // What old writers call LZ4 are frames of two big-endian sizes and a block; some wrote the bare block.
    private static int UnpackFramedLz4(ReadOnlySpan<byte> source, Span<byte> into)
    {
        var rest = source;
        var written = 0;
        while (rest.Length >= 8)
        {
            var whole = BinaryPrimitives.ReadInt32BigEndian(rest);
            var packed = BinaryPrimitives.ReadInt32BigEndian(rest[4..]);
            if (whole < 0 || packed < 0 || packed > rest.Length - 8 || whole > into.Length - written
                || LZ4Codec.Decode(rest.Slice(8, packed), into.Slice(written, whole)) != whole)
                return LZ4Codec.Decode(source, into);
            written += whole;
            rest = rest[(8 + packed)..];
        }

        return written;
    }
}
