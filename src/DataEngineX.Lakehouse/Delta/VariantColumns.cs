using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Columns of values whose types differ from row to row. They are read as what they are made of: the names that a value uses, and the value, both in the binary form of Parquet variants.</summary>
internal static class VariantColumns
{
    /// <summary>What the log calls them.</summary>
    internal const string TypeName = "variant";

    /// <summary>The part of a stored column in which values of a known type lie for themselves.</summary>
    internal const string Shredded = "typed_value";

    internal static IReadOnlyList<DeltaField> Parts { get; } =
    [
        DeltaField.Plain(new Field("metadata", BinaryType.Default, nullable: false)), DeltaField.Plain(new Field("value", BinaryType.Default, nullable: false)),
    ];

    internal static StructType Type { get; } = new([.. Parts.Select(p => p.Field)]);

    /// <summary>What fields of such columns say of themselves: Arrow's own name for them.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Marks { get; } =
        [KeyValuePair.Create("ARROW:extension:name", "arrow.parquet.variant"), KeyValuePair.Create("ARROW:extension:metadata", "")];

    /// <summary>Whether a column says that it is one of these.</summary>
    internal static bool Is(Field column) => column.DataType is StructType { Fields: [{ Name: "metadata", DataType: BinaryType }, { Name: "value", DataType: BinaryType }] }
        && column.Metadata?.GetValueOrDefault(Marks[0].Key) == Marks[0].Value;

    /// <summary>Whether a column is one of these.</summary>
    internal static bool Is(DeltaField column) => ReferenceEquals(column.Children, Parts);
}
