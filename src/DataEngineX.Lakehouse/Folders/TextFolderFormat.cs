using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Lakehouse.Text;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse;

/// <summary>CSV or JSON lines.</summary>
/// <param name="extension">The end of names, without that of the compression.</param>
/// <param name="compression">How files are compressed.</param>
/// <param name="canonical">Writes the options.</param>
/// <param name="encoder">Makes what writes rows of a schema.</param>
internal sealed class TextFolderFormat(string extension, TextCompression compression, Action<CanonicalWriter> canonical, Func<Schema, ITextEncoder> encoder) : FolderFormat
{
    private readonly TextCompression _compression = compression == TextCompression.ByName ? TextCompression.None : compression;

    internal override string Extension => extension + _compression switch
    {
        TextCompression.Gzip => ".gz",
        TextCompression.Zstandard => ".zst",
        TextCompression.Brotli => ".br",
        TextCompression.Deflate => ".zz",
        _ => "",
    };

    internal override bool NamesColumns => extension != ".csv";

    internal override void WriteCanonical(CanonicalWriter writer)
    {
        canonical(writer);
        writer.Field("compression", _compression.ToString());
    }

    internal override void Check(Schema schema, string disposition) => TextTargets.Check(schema, disposition, encoder);

    internal override ValueTask<IFileEncoder> CreateAsync(Stream stream, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken)
    {
        var text = _compression == TextCompression.None ? null : TextCompressions.Compress(stream, _compression);
        return ValueTask.FromResult<IFileEncoder>(new Encoder(text, new Text.TextWriter(text ?? stream, schema, encoder(schema)), allocator));
    }

    private sealed class Encoder(Stream? compressed, Text.TextWriter writer, MemoryAllocator allocator) : IFileEncoder
    {
        public async ValueTask WriteAsync(RecordBatch batch, CancellationToken cancellationToken)
        {
            using var plain = Dictionaries.Decode(batch, allocator);
            await writer.WriteAsync(plain, cancellationToken).ConfigureAwait(false);
        }

        public async ValueTask FinishAsync(CancellationToken cancellationToken)
        {
            await writer.FinishAsync().ConfigureAwait(false);
            if (compressed is not null)
                await compressed.DisposeAsync().ConfigureAwait(false);
        }

        public ValueTask DisposeAsync()
        {
            writer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
