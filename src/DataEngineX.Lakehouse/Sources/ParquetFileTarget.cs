using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Parquet.Writing;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>Writes a Parquet file of the local disk.</summary>
public sealed class ParquetFileTarget : FileTarget
{
    private readonly ParquetWriteOptions _options;

    /// <summary>Creates the target.</summary>
    /// <param name="path">The file; relative paths are taken from the current folder. The folder is made when it is missing.</param>
    /// <param name="options">How the file is written. <value>Default: null, the defaults.</value></param>
    public ParquetFileTarget(string path, ParquetWriteOptions? options = null)
        : base(path) => _options = options ?? new ParquetWriteOptions();

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field("format", "parquet")
            .Field("compression", _options.Compression.ToString())
            .Field("rowGroupRows", _options.RowGroupRows.ToString(CultureInfo.InvariantCulture))
            .Field("rowGroupBytes", _options.RowGroupBytes.ToString(CultureInfo.InvariantCulture))
            .Field("dictionary", _options.Dictionary ? "true" : "false");
    }

    /// <inheritdoc/>
    public override Schema Bind(Schema flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _ = WriterSchema.Of(flow); // Refuses types that cannot be stored.
        return flow;
    }

    private protected override async ValueTask<IFileEncoder> CreateAsync(
        Stream stream, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken) =>
        new ParquetEncoder(await ParquetFileWriter.CreateAsync(stream, schema, _options.Within(allocator), cancellationToken).ConfigureAwait(false));

    private protected override async ValueTask<IReadOnlyDictionary<string, string>> ReadMetadataAsync(
        Stream stream, string name, CancellationToken cancellationToken)
    {
        var reader = await ParquetFileReader.OpenAsync(stream, name, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return reader.Metadata;
    }
}
