using Apache.Arrow;
using static DataEngineX.Lakehouse.Delta.CheckpointArrays;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Some rows of a checkpoint, one for each action.</summary>
internal sealed class CheckpointBatch
{
    private readonly DeltaSettings _settings;
    private readonly StatsColumns? _parsed;
    private readonly DeltaField _add;

    internal CheckpointBatch(LogState state)
    {
        _settings = new DeltaSettings(state.Metadata);
        _parsed = _settings.StatsAsColumns ? new StatsColumns(state.Columns) : null;
        _add = _parsed is null ? CheckpointFields.Add : CheckpointFields.Struct("add", [.. CheckpointFields.Add.Children, .. _parsed.Fields]);
        Schema = new Schema(
        [
            CheckpointFields.Txn.Field, _add.Field, CheckpointFields.Remove.Field, CheckpointFields.Metadata.Field, CheckpointFields.Protocol.Field,
            CheckpointFields.Domain.Field,
        ], null);
    }

    internal Schema Schema { get; }

    internal RecordBatch Of(IReadOnlyList<DeltaAction> actions) => new(
        Schema,
        new[] { Txns(actions), Adds([.. actions.Select(a => a.Add)]), Removes(actions), Metadata(actions), Protocols(actions), Domains(actions) }
            .Select(ArrowArrayFactory.BuildArray),
        actions.Count);

    private ArrayData Adds(IReadOnlyList<AddAction?> rows) => Struct(
        _add,
        rows,
        a => a is not null,
        [
            Texts(rows, a => a?.Path),
            Maps(CheckpointFields.Add.Children[1], rows, a => a?.PartitionValues),
            Longs(rows, a => a?.Size),
            Longs(rows, a => a?.ModificationTime),
            Bools(rows, a => a is null ? null : false),
            Texts(rows, a => _settings.StatsAsJson ? a?.Stats : null),
            Maps(CheckpointFields.Add.Children[6], rows, a => a?.Tags),
            Vectors([.. rows.Select(a => a?.DeletionVector)]),
            Longs(rows, a => a?.BaseRowId),
            Longs(rows, a => a?.DefaultRowCommitVersion),
            Texts(rows, a => a?.ClusteringProvider),
            .. _parsed?.Of(rows) ?? [],
        ]);

    private static ArrayData Vectors(IReadOnlyList<DeletionVectorSpec?> rows) => Struct(
        CheckpointFields.Vector, rows, v => v is not null,
        Texts(rows, v => v?.StorageType), Texts(rows, v => v?.PathOrInlineDv), Ints(rows, v => v?.Offset), Ints(rows, v => v?.SizeInBytes), Longs(rows, v => v?.Cardinality));

    private static ArrayData Removes(IReadOnlyList<DeltaAction> rows) => Struct(
        CheckpointFields.Remove, rows, a => a.Remove is not null,
        Texts(rows, a => a.Remove?.Path),
        Longs(rows, a => a.Remove?.DeletionTimestamp),
        Bools(rows, a => a.Remove is null ? null : false),
        Bools(rows, a => a.Remove?.ExtendedFileMetadata),
        Maps(CheckpointFields.Remove.Children[4], rows, a => a.Remove?.PartitionValues),
        Longs(rows, a => a.Remove?.Size),
        Vectors([.. rows.Select(a => a.Remove?.DeletionVector)]),
        Longs(rows, a => a.Remove?.BaseRowId),
        Longs(rows, a => a.Remove?.DefaultRowCommitVersion));

    private static ArrayData Metadata(IReadOnlyList<DeltaAction> rows)
    {
        var format = CheckpointFields.Metadata.Children[3];
        return Struct(
            CheckpointFields.Metadata, rows, a => a.MetaData is not null,
            Texts(rows, a => a.MetaData?.Id),
            Texts(rows, a => a.MetaData?.Name),
            Texts(rows, a => a.MetaData?.Description),
            Struct(format, rows, a => a.MetaData is not null, Texts(rows, a => a.MetaData?.Format.Provider), Maps(format.Children[1], rows, a => a.MetaData?.Format.Options)),
            Texts(rows, a => a.MetaData?.SchemaString),
            Lists(CheckpointFields.Metadata.Children[5], rows, a => a.MetaData?.PartitionColumns),
            Maps(CheckpointFields.Metadata.Children[6], rows, a => a.MetaData?.Configuration),
            Longs(rows, a => a.MetaData?.CreatedTime));
    }

    private static ArrayData Protocols(IReadOnlyList<DeltaAction> rows) => Struct(
        CheckpointFields.Protocol, rows, a => a.Protocol is not null,
        Ints(rows, a => a.Protocol?.MinReaderVersion),
        Ints(rows, a => a.Protocol?.MinWriterVersion),
        Lists(CheckpointFields.Protocol.Children[2], rows, a => a.Protocol?.ReaderFeatures),
        Lists(CheckpointFields.Protocol.Children[3], rows, a => a.Protocol?.WriterFeatures));

    private static ArrayData Txns(IReadOnlyList<DeltaAction> rows) => Struct(
        CheckpointFields.Txn, rows, a => a.Txn is not null,
        Texts(rows, a => a.Txn?.AppId), Longs(rows, a => a.Txn?.Version), Longs(rows, a => a.Txn?.LastUpdated));

    private static ArrayData Domains(IReadOnlyList<DeltaAction> rows) => Struct(
        CheckpointFields.Domain, rows, a => a.DomainMetadata is not null,
        Texts(rows, a => a.DomainMetadata?.Domain), Texts(rows, a => a.DomainMetadata?.Configuration), Bools(rows, a => a.DomainMetadata?.Removed));
}
