using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>The columns of a checkpoint: one for each kind of action, of which each row has one.</summary>
internal static class CheckpointFields
{
    internal static readonly DeltaField Vector = Struct(
        "deletionVector", Text("storageType"), Text("pathOrInlineDv"), Plain("offset", Int32Type.Default), Plain("sizeInBytes", Int32Type.Default), Long("cardinality"));

    internal static readonly DeltaField Add = Struct(
        "add", Text("path"), TextMap("partitionValues"), Long("size"), Long("modificationTime"), Plain("dataChange", BooleanType.Default), Text("stats"),
        TextMap("tags"), Vector, Long("baseRowId"), Long("defaultRowCommitVersion"), Text("clusteringProvider"));

    internal static readonly DeltaField Remove = Struct(
        "remove", Text("path"), Long("deletionTimestamp"), Plain("dataChange", BooleanType.Default), Plain("extendedFileMetadata", BooleanType.Default),
        TextMap("partitionValues"), Long("size"), Vector, Long("baseRowId"), Long("defaultRowCommitVersion"));

    internal static readonly DeltaField Metadata = Struct(
        "metaData", Text("id"), Text("name"), Text("description"), Struct("format", Text("provider"), TextMap("options")), Text("schemaString"),
        TextList("partitionColumns"), TextMap("configuration"), Long("createdTime"));

    internal static readonly DeltaField Protocol = Struct(
        "protocol", Plain("minReaderVersion", Int32Type.Default), Plain("minWriterVersion", Int32Type.Default), TextList("readerFeatures"), TextList("writerFeatures"));

    internal static readonly DeltaField Txn = Struct("txn", Text("appId"), Long("version"), Long("lastUpdated"));

    internal static readonly DeltaField Domain = Struct("domainMetadata", Text("domain"), Text("configuration"), Plain("removed", BooleanType.Default));

    internal static readonly DeltaField Sidecar = Struct("sidecar", Text("path"));

    internal static DeltaField Struct(string name, params IReadOnlyList<DeltaField> children) =>
        new(new Field(name, new StructType([.. children.Select(c => c.Field)]), nullable: true), name, null, children);

    /// <summary>A column of any type as a file has it.</summary>
    internal static DeltaField Of(Field field) => field.DataType is StructType structure
        ? Struct(field.Name, [.. structure.Fields.Select(Of)])
        : DeltaField.Plain(field);

    internal static DeltaField Plain(string name, IArrowType type) => DeltaField.Plain(new Field(name, type, nullable: true));

    private static DeltaField Text(string name) => Plain(name, StringType.Default);

    private static DeltaField Long(string name) => Plain(name, Int64Type.Default);

    private static DeltaField TextList(string name)
    {
        var element = Text("element");
        return new DeltaField(new Field(name, new ListType(element.Field), nullable: true), name, null, [element]);
    }

    private static DeltaField TextMap(string name)
    {
        var key = DeltaField.Plain(new Field("key", StringType.Default, nullable: false));
        var value = Text("value");
        return new DeltaField(new Field(name, new MapType(key.Field, value.Field), nullable: true), name, null, [key, value]);
    }
}
