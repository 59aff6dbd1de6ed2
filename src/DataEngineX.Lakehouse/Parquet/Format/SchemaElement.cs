namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>One node of a file's schema, in the order of a walk from the root.</summary>
internal sealed class SchemaElement
{
    internal PhysicalType? Type { get; set; }

    internal int TypeLength { get; set; }

    internal Repetition Repetition { get; set; }

    internal string Name { get; set; } = "";

    internal int ChildCount { get; set; }

    internal int FieldId { get; set; } = -1;

    internal LogicalInfo Logical { get; set; }
}
