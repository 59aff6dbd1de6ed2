using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Differential.Tests;

/// <summary>What both engines call a type, and what can be done with it.</summary>
internal static class ColumnKinds
{
    public static readonly IReadOnlyList<ColumnKind> All = Enum.GetValues<ColumnKind>();

    private static readonly Decimal128Type Money = new(12, 2);

    extension(ColumnKind kind)
    {
        public bool IsSigned => kind is ColumnKind.Tiny or ColumnKind.Small or ColumnKind.Integer or ColumnKind.Long;

        public bool IsUnsigned => kind is ColumnKind.UnsignedTiny or ColumnKind.UnsignedSmall or ColumnKind.UnsignedInteger or ColumnKind.UnsignedLong;

        public bool IsWhole => kind.IsSigned || kind.IsUnsigned;

        public bool IsReal => kind is ColumnKind.Float or ColumnKind.Double;

        public bool IsNumber => kind.IsWhole || kind.IsReal || kind == ColumnKind.Decimal;

        /// <summary>Lists and structs are passed through and looked into, but are no keys.</summary>
        public bool IsNested => kind is ColumnKind.List or ColumnKind.Struct;

        /// <summary>The type of arithmetic between two values of it, as <c>docs/expressions.md</c> says.</summary>
        public ColumnKind Promoted => kind switch
        {
            ColumnKind.Tiny or ColumnKind.Small or ColumnKind.UnsignedTiny or ColumnKind.UnsignedSmall => ColumnKind.Integer,
            ColumnKind.UnsignedInteger => ColumnKind.Long,
            _ => kind,
        };

        public string SqlType => kind switch
        {
            ColumnKind.Integer => "INTEGER",
            ColumnKind.Long => "BIGINT",
            ColumnKind.Tiny => "TINYINT",
            ColumnKind.Small => "SMALLINT",
            ColumnKind.UnsignedTiny => "UTINYINT",
            ColumnKind.UnsignedSmall => "USMALLINT",
            ColumnKind.UnsignedInteger => "UINTEGER",
            ColumnKind.UnsignedLong => "UBIGINT",
            ColumnKind.Float => "FLOAT",
            ColumnKind.Double => "DOUBLE",
            ColumnKind.Decimal => "DECIMAL(12,2)",
            ColumnKind.Text => "VARCHAR",
            ColumnKind.Binary => "BLOB",
            ColumnKind.Flag => "BOOLEAN",
            ColumnKind.Date => "DATE",
            ColumnKind.Time => "TIME",
            ColumnKind.Timestamp => "TIMESTAMP",
            ColumnKind.Instant => "TIMESTAMPTZ",
            ColumnKind.Duration => "INTERVAL",
            ColumnKind.List => "INTEGER[]",
            _ => "STRUCT(x INTEGER, y BOOLEAN)",
        };

        public IArrowType ArrowType => kind switch
        {
            ColumnKind.Integer => Int32Type.Default,
            ColumnKind.Long => Int64Type.Default,
            ColumnKind.Tiny => Int8Type.Default,
            ColumnKind.Small => Int16Type.Default,
            ColumnKind.UnsignedTiny => UInt8Type.Default,
            ColumnKind.UnsignedSmall => UInt16Type.Default,
            ColumnKind.UnsignedInteger => UInt32Type.Default,
            ColumnKind.UnsignedLong => UInt64Type.Default,
            ColumnKind.Float => FloatType.Default,
            ColumnKind.Double => DoubleType.Default,
            ColumnKind.Decimal => Money,
            ColumnKind.Text => StringType.Default,
            ColumnKind.Binary => BinaryType.Default,
            ColumnKind.Flag => BooleanType.Default,
            ColumnKind.Date => Date32Type.Default,
            ColumnKind.Time => new Time64Type(TimeUnit.Microsecond),
            ColumnKind.Timestamp => new TimestampType(TimeUnit.Microsecond, (string?)null),
            ColumnKind.Instant => new TimestampType(TimeUnit.Microsecond, "UTC"),
            ColumnKind.Duration => DurationType.Microsecond,
            ColumnKind.List => new ListType(new Field("item", Int32Type.Default, true)),
            _ => new StructType([new Field("x", Int32Type.Default, true), new Field("y", BooleanType.Default, true)]),
        };
    }
}
