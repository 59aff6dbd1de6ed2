using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Writes the footer of a file.</summary>
internal static class FooterWriter
{
    private const string CreatedBy = "DataEngineX";

    internal static void Write(
        ByteSink sink, WriterSchema schema, IReadOnlyList<WrittenGroup> groups, long rows, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var writer = new ThriftWriter(sink);
        writer.StartElement();
        writer.Int(1, 1);
        writer.StartList(2, ThriftType.Struct, schema.Elements.Count);
        foreach (var element in schema.Elements)
            WriteElement(writer, element, isRoot: ReferenceEquals(element, schema.Elements[0]));
        writer.Long(3, rows);
        writer.StartList(4, ThriftType.Struct, groups.Count);
        foreach (var group in groups)
            WriteGroup(writer, group);
        var pairs = metadata.ToList();
        if (pairs.Count > 0)
        {
            writer.StartList(5, ThriftType.Struct, pairs.Count);
            foreach (var (key, value) in pairs)
            {
                writer.StartElement();
                writer.Text(1, key);
                writer.Text(2, value);
                writer.EndStruct();
            }
        }

        writer.Text(6, CreatedBy);
        writer.StartList(7, ThriftType.Struct, schema.Leaves.Count);
        foreach (var _ in schema.Leaves)
        {
            // Bounds are ordered as the type defines.
            writer.StartElement();
            writer.StartStruct(1);
            writer.EndStruct();
            writer.EndStruct();
        }

        writer.EndStruct();
    }

    private static void WriteElement(ThriftWriter writer, SchemaElement element, bool isRoot)
    {
        writer.StartElement();
        if (element.Type is { } type)
            writer.Int(1, (int)type);
        if (element.TypeLength > 0)
            writer.Int(2, element.TypeLength);
        if (!isRoot)
            writer.Int(3, (int)element.Repetition);
        writer.Text(4, element.Name);
        if (element.ChildCount > 0 || isRoot)
            writer.Int(5, element.ChildCount);
        if (ConvertedOf(element.Logical) is { } converted)
            writer.Int(6, converted);
        if (element.Logical.Kind == LogicalKind.Decimal)
        {
            writer.Int(7, element.Logical.Scale);
            writer.Int(8, element.Logical.Precision);
        }

        if (element.FieldId >= 0)
            writer.Int(9, element.FieldId);
        if (element.Logical.Kind != LogicalKind.None)
            WriteLogical(writer, element.Logical);
        writer.EndStruct();
    }

    /// <summary>The old word for the same meaning, for old readers; there is none for local times and nanoseconds.</summary>
    private static int? ConvertedOf(LogicalInfo logical) => logical.Kind switch
    {
        LogicalKind.Text => 0,
        LogicalKind.Map => 1,
        LogicalKind.List => 3,
        LogicalKind.Decimal => 5,
        LogicalKind.Date => 6,
        LogicalKind.Timestamp when logical is { IsUtc: true, Unit: TimeUnit.Millisecond } => 9,
        LogicalKind.Timestamp when logical is { IsUtc: true, Unit: TimeUnit.Microsecond } => 10,
        LogicalKind.Integer => (logical.IsSigned ? 15 : 11) + int.Log2(logical.BitWidth / 8),
        _ => null,
    };

    private static void WriteLogical(ThriftWriter writer, LogicalInfo logical)
    {
        writer.StartStruct(10);
        writer.StartStruct((int)logical.Kind);
        switch (logical.Kind)
        {
            case LogicalKind.Decimal:
                writer.Int(1, logical.Scale);
                writer.Int(2, logical.Precision);
                break;
            case LogicalKind.Integer:
                writer.Byte(1, (byte)logical.BitWidth);
                writer.Bool(2, logical.IsSigned);
                break;
            case LogicalKind.Time or LogicalKind.Timestamp:
                writer.Bool(1, logical.IsUtc);
                writer.StartStruct(2);
                writer.StartStruct(logical.Unit switch { TimeUnit.Millisecond => 1, TimeUnit.Microsecond => 2, _ => 3 });
                writer.EndStruct();
                writer.EndStruct();
                break;
        }

        writer.EndStruct();
        writer.EndStruct();
    }

    private static void WriteGroup(ThriftWriter writer, WrittenGroup group)
    {
        writer.StartElement();
        writer.StartList(1, ThriftType.Struct, group.Chunks.Count);
        foreach (var chunk in group.Chunks)
            WriteChunk(writer, chunk);
        writer.Long(2, group.Chunks.Sum(c => c.UncompressedBytes));
        writer.Long(3, group.Rows);
        writer.Long(5, group.Chunks.Count > 0 ? group.Chunks[0].Start : 0);
        writer.Long(6, group.Chunks.Sum(c => c.Bytes));
        writer.EndStruct();
    }

    private static void WriteChunk(ThriftWriter writer, WrittenChunk chunk)
    {
        writer.StartElement();
        writer.Long(2, 0);
        writer.StartStruct(3);
        writer.Int(1, (int)chunk.Leaf.Element.Type!.Value);
        writer.StartList(2, ThriftType.Int, chunk.Encodings.Count);
        foreach (var encoding in chunk.Encodings)
            writer.Element((long)(int)encoding);
        writer.StartList(3, ThriftType.Binary, chunk.Leaf.Path.Length);
        foreach (var name in chunk.Leaf.Path)
            writer.Element(System.Text.Encoding.UTF8.GetBytes(name));
        writer.Int(4, (int)chunk.Codec);
        writer.Long(5, chunk.Entries);
        writer.Long(6, chunk.UncompressedBytes);
        writer.Long(7, chunk.Bytes);
        writer.Long(9, chunk.Start + chunk.DictionaryBytes);
        if (chunk.DictionaryBytes > 0)
            writer.Long(11, chunk.Start);
        writer.StartStruct(12);
        writer.Long(3, chunk.NullCount);
        if (chunk.Bounds is { } bounds)
        {
            writer.Binary(5, bounds.Max);
            writer.Binary(6, bounds.Min);
            writer.Bool(7, bounds.IsMaxExact);
            writer.Bool(8, bounds.IsMinExact);
        }

        writer.EndStruct();
        writer.EndStruct();
        writer.Long(4, chunk.OffsetIndexStart);
        writer.Int(5, chunk.OffsetIndexBytes);
        if (chunk.ColumnIndexBytes > 0)
        {
            writer.Long(6, chunk.ColumnIndexStart);
            writer.Int(7, chunk.ColumnIndexBytes);
        }

        writer.EndStruct();
    }
}
