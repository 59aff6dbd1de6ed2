using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Takes the state of a table from a checkpoint.</summary>
internal sealed class CheckpointState(LogStateBuilder state, long version) : CheckpointVisitor
{
    private const int StatsText = 5;
    private const int StatsParsed = 11;

    /// <summary>The parts that few files have.</summary>
    private static readonly int[] Extras = [6, 7, 8, 9, 10];

    private readonly SharedMaps _partitions = new();

    internal override IEnumerable<DeltaField> Columns(Schema stored) =>
        [Add(stored), CheckpointFields.Metadata, CheckpointFields.Protocol, CheckpointFields.Txn, CheckpointFields.Domain];

    internal override void Visit(DeltaAction action) => state.Apply(action, version);

    internal override void Visit(DeltaField field, CheckpointColumn column)
    {
        var hasExtras = field.Name == "add" && !Extras.All(column.IsEmpty);
        for (var row = 0; row < column.Length; row++)
        {
            if (!column.Has(row))
                continue;
            switch (field.Name)
            {
                case "add":
                    Add(column, row, hasExtras);
                    break;
                case "metaData" when column.Text(0, row) is not null || column.Text(4, row) is not null:
                    Apply(new DeltaAction { MetaData = Metadata(column, row) });
                    break;
                case "protocol" when column.Int(0, row) is { } reader:
                    Apply(new DeltaAction { Protocol = Protocol(column, row, reader) });
                    break;
                case "txn" when column.Text(0, row) is { } app:
                    Apply(new DeltaAction { Txn = new TxnAction { AppId = app, Version = column.Long(1, row) ?? 0, LastUpdated = column.Long(2, row) } });
                    break;
                case "domainMetadata" when column.Text(0, row) is { } domain:
                    Apply(new DeltaAction { DomainMetadata = new DomainMetadataAction { Domain = domain, Configuration = column.Text(1, row) ?? "", Removed = column.Bool(2, row) ?? false } });
                    break;
            }
        }
    }

    /// <summary>The columns of a file, and where its statistics are not kept as text the form in which they are.</summary>
    private static DeltaField Add(Schema stored)
    {
        var fields = stored.FieldsList.FirstOrDefault(f => f.Name == "add")?.DataType is StructType add ? add.Fields : [];
        return fields.Any(f => f.Name == "stats") || fields.FirstOrDefault(f => f.Name == "stats_parsed") is not { } parsed
            ? CheckpointFields.Add
            : CheckpointFields.Struct("add", [.. CheckpointFields.Add.Children, CheckpointFields.Of(parsed)]);
    }

    private void Apply(DeltaAction action) => state.Apply(action, version);

    private void Add(CheckpointColumn column, int row, bool hasExtras)
    {
        var path = column.Bytes(0, row);
        if (path.IsEmpty)
            return;
        var stats = column.Bytes(StatsText, row);
        if (stats.IsEmpty && column.Parts > StatsParsed)
            stats = ParsedStats.ToJson(column.Part(StatsParsed), row);
        var extras = !hasExtras ? null : new FileExtras
        {
            Tags = column.Map(6, row),
            DeletionVector = column.Vector(7, row),
            BaseRowId = column.Long(8, row),
            DefaultRowCommitVersion = column.Long(9, row),
            ClusteringProvider = column.Text(10, row),
        };
        state.Files.Add(
            path, new FileNumbers(column.Long(2, row) ?? 0, column.Long(3, row) ?? 0, FileNumbers.RowsIn(stats)), column.Map(1, row, _partitions), extras?.OrNull(), stats);
    }

    private static MetadataAction Metadata(CheckpointColumn column, int row)
    {
        var format = column.Struct(3);
        return new MetadataAction
        {
            Id = column.Text(0, row) ?? "",
            Name = column.Text(1, row),
            Description = column.Text(2, row),
            Format = format.Has(row) ? new FormatSpec { Provider = format.Text(0, row) ?? "parquet", Options = format.Map(1, row) ?? [] } : new FormatSpec(),
            SchemaString = column.Text(4, row) ?? "",
            PartitionColumns = column.Texts(5, row) ?? [],
            Configuration = column.Map(6, row) ?? [],
            CreatedTime = column.Long(7, row),
        };
    }

    private static ProtocolAction Protocol(CheckpointColumn column, int row, int reader) => new()
    {
        MinReaderVersion = reader,
        MinWriterVersion = column.Int(1, row) ?? 0,
        ReaderFeatures = column.Texts(2, row),
        WriterFeatures = column.Texts(3, row),
    };
}
