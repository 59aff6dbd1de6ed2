using System.IO.Compression;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Streams that decompress and compress.</summary>
internal static class TextCompressions
{
    internal static TextCompression Of(TextCompression asked, string name) => asked != TextCompression.ByName
        ? asked
        : Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".GZ" or ".GZIP" => TextCompression.Gzip,
            ".ZST" or ".ZSTD" => TextCompression.Zstandard,
            ".BR" => TextCompression.Brotli,
            ".ZZ" or ".DEFLATE" => TextCompression.Deflate,
            _ => TextCompression.None,
        };

    /// <summary>The plain bytes of a stream, which stays open.</summary>
    internal static Stream Decompress(Stream stream, TextCompression compression) => compression switch
    {
        TextCompression.Gzip => new GzipInput(stream),
        TextCompression.Zstandard => new ZstdSharp.DecompressionStream(stream, leaveOpen: true),
        TextCompression.Brotli => new BrotliInput(stream),
        TextCompression.Deflate => new ZlibInput(stream),
        _ => throw new ArgumentOutOfRangeException(nameof(compression), compression, "This is no compression."),
    };

    /// <summary>A stream that compresses into another, which stays open.</summary>
    internal static Stream Compress(Stream stream, TextCompression compression) => compression switch
    {
        TextCompression.Gzip => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true),
        TextCompression.Zstandard => new ZstdSharp.CompressionStream(stream, level: 3, leaveOpen: true),
        TextCompression.Brotli => new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true),
        TextCompression.Deflate => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true),
        _ => throw new ArgumentOutOfRangeException(nameof(compression), compression, "This is no compression."),
    };
}
