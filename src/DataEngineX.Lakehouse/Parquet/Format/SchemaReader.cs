using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>Reads the nodes of a file's schema.</summary>
internal static class SchemaReader
{
    internal static SchemaElement Read(ref ThriftReader reader)
    {
        var element = new SchemaElement();
        int id = 0, converted = -1, precision = 0, scale = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id)
            {
                case 1 when type == ThriftType.Int: element.Type = (PhysicalType)reader.ReadInt(); break;
                case 2 when type == ThriftType.Int: element.TypeLength = reader.ReadInt(); break;
                case 3 when type == ThriftType.Int: element.Repetition = (Repetition)reader.ReadInt(); break;
                case 4 when type == ThriftType.Binary: element.Name = reader.ReadText(); break;
                case 5 when type == ThriftType.Int: element.ChildCount = reader.ReadInt(); break;
                case 6 when type == ThriftType.Int: converted = reader.ReadInt(); break;
                case 7 when type == ThriftType.Int: scale = reader.ReadInt(); break;
                case 8 when type == ThriftType.Int: precision = reader.ReadInt(); break;
                case 9 when type == ThriftType.Int: element.FieldId = reader.ReadInt(); break;
                case 10 when type == ThriftType.Struct: element.Logical = ReadLogical(ref reader); break;
                default: reader.Skip(type); break;
            }
        }

        if (element.Type is { } stored && !Enum.IsDefined(stored))
            Corrupt.Throw($"its column '{element.Name}' is stored as type {(int)stored}, which there is none of");
        if (element.Logical.Kind == LogicalKind.None)
            element.Logical = LogicalInfo.OfConverted(converted, precision, scale);
        return element;
    }

    private static LogicalInfo ReadLogical(ref ThriftReader reader)
    {
        var info = default(LogicalInfo);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            var kind = Enum.IsDefined((LogicalKind)id) ? (LogicalKind)id : LogicalKind.None;
            if (type == ThriftType.Struct && kind is LogicalKind.Decimal or LogicalKind.Time or LogicalKind.Timestamp or LogicalKind.Integer)
            {
                info = ReadParameters(ref reader, kind);
                continue;
            }

            info = new LogicalInfo(kind);
            reader.Skip(type);
        }

        return info;
    }

    private static LogicalInfo ReadParameters(ref ThriftReader reader, LogicalKind kind)
    {
        var info = new LogicalInfo(kind);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            info = (kind, id, type) switch
            {
                (LogicalKind.Decimal, 1, ThriftType.Int) => info with { Scale = reader.ReadInt() },
                (LogicalKind.Decimal, 2, ThriftType.Int) => info with { Precision = reader.ReadInt() },
                (LogicalKind.Integer, 1, ThriftType.Byte) => info with { BitWidth = reader.ReadByte() },
                (LogicalKind.Integer, 2, ThriftType.True or ThriftType.False) => info with { IsSigned = ThriftReader.ReadBool(type) },
                (_, 1, ThriftType.True or ThriftType.False) => info with { IsUtc = ThriftReader.ReadBool(type) },
                (_, 2, ThriftType.Struct) => info with { Unit = ReadUnit(ref reader) },
                _ => Skipped(ref reader, type, info),
            };
        }

        return info;
    }

    private static TimeUnit ReadUnit(ref ThriftReader reader)
    {
        var unit = TimeUnit.Microsecond;
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            unit = id switch { 1 => TimeUnit.Millisecond, 2 => TimeUnit.Microsecond, _ => TimeUnit.Nanosecond };
            reader.Skip(type);
        }

        return unit;
    }

    private static LogicalInfo Skipped(ref ThriftReader reader, ThriftType type, LogicalInfo info)
    {
        reader.Skip(type);
        return info;
    }
}
