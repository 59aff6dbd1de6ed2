using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Parquet.Writing;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse;

internal sealed class ParquetFolderFormat(ParquetWriteOptions options) : FolderFormat
{
    internal override string Extension => ".parquet";

    internal override void WriteCanonical(CanonicalWriter writer) =>
        writer.Field("format", "parquet").Field("compression", options.Compression.ToString()).Field("rowGroupRows", options.RowGroupRows)
            .Field("rowGroupBytes", options.RowGroupBytes).Field("dictionary", options.Dictionary ? "true" : "false");

    internal override void Check(Schema schema, string disposition) => _ = WriterSchema.Of(schema);

    internal override async ValueTask<IFileEncoder> CreateAsync(Stream stream, Schema schema, MemoryAllocator allocator, CancellationToken cancellationToken) =>
        new ParquetEncoder(await ParquetFileWriter.CreateAsync(stream, schema, options.Within(allocator), cancellationToken).ConfigureAwait(false));
}
