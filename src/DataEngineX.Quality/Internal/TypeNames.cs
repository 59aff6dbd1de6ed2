using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>The names by which Arrow, .NET, Python, Spark and SQL call types of columns.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<string, ArrowTypeId[]> Names = Build();

    /// <summary>Whether a name is one of a type.</summary>
    public static bool Fits(string name, IArrowType type)
    {
        if (string.Equals(ArrowTypes.NameOf(type), name, StringComparison.OrdinalIgnoreCase))
            return true;
        // datetime64[ns] and VARCHAR(20) are the types without what stands in brackets.
        var bare = name.Split('[', '(')[0].Trim().ToLowerInvariant();
        // np.int64 and pd.Timestamp are the types without their module.
        bare = bare[(bare.LastIndexOf('.') + 1)..];
        if (bare.EndsWith("type()", StringComparison.Ordinal))
            bare = bare[..^2];
        return Names.TryGetValue(bare, out var ids) && ids.Contains(type.TypeId)
            && (type is not TimestampType time || HasZone(bare) is not { } zoned || zoned != string.IsNullOrEmpty(time.Timezone));
    }

    /// <summary>Whether a name is that of columns of Python objects, of which a column of text is one as a whole.</summary>
    public static bool IsObject(string name) => name is "object" or "object_" or "O";

    /// <summary>Whether a name is that of times with a zone alone, or without one alone.</summary>
    private static bool? HasZone(string name) => name switch
    {
        "datetime64" or "timestamp_ntz" => false,
        "datetimetzdtype" or "datetimetzdtypetype" or "timestamptz" or "datetimeoffset" => true,
        _ => null,
    };

    private static Dictionary<string, ArrowTypeId[]> Build()
    {
        var names = new Dictionary<string, ArrowTypeId[]>(StringComparer.Ordinal);
        ArrowTypeId[] signed = [ArrowTypeId.Int8, ArrowTypeId.Int16, ArrowTypeId.Int32, ArrowTypeId.Int64];
        ArrowTypeId[] unsigned = [ArrowTypeId.UInt8, ArrowTypeId.UInt16, ArrowTypeId.UInt32, ArrowTypeId.UInt64];
        ArrowTypeId[] floats = [ArrowTypeId.HalfFloat, ArrowTypeId.Float, ArrowTypeId.Double];
        ArrowTypeId[] text = [ArrowTypeId.String];
        ArrowTypeId[] dates = [ArrowTypeId.Date32, ArrowTypeId.Date64];
        Add(names, signed, "int", "integer", "int_", "integertype", "signedinteger");
        Add(names, unsigned, "uint", "unsignedinteger");
        Add(names, [ArrowTypeId.Int8], "int8", "sbyte", "tinyint", "bytetype");
        Add(names, [ArrowTypeId.Int16], "int16", "short", "smallint", "shorttype");
        Add(names, [ArrowTypeId.Int32], "int32", "intc");
        Add(names, [ArrowTypeId.Int64], "int64", "long", "bigint", "longtype", "biginteger");
        Add(names, [ArrowTypeId.UInt8], "uint8", "byte");
        Add(names, [ArrowTypeId.UInt16], "uint16", "ushort");
        Add(names, [ArrowTypeId.UInt32], "uint32");
        Add(names, [ArrowTypeId.UInt64], "uint64", "ulong");
        Add(names, floats, "float", "float_", "floating", "real");
        Add(names, [ArrowTypeId.HalfFloat], "float16", "half", "halffloat");
        Add(names, [ArrowTypeId.Float], "float32", "single", "floattype");
        Add(names, [ArrowTypeId.Double], "float64", "double", "double_precision", "doubletype", "double precision");
        Add(names, text, "string", "str", "text", "utf8", "object_", "object", "o", "stringtype", "varchar", "char", "nvarchar", "stringdtype");
        Add(names, [ArrowTypeId.Boolean], "bool", "boolean", "bool_", "booleantype", "booleandtype", "bit");
        Add(names, [ArrowTypeId.Decimal128, ArrowTypeId.Decimal256], "decimal", "numeric", "decimaltype", "number");
        Add(names, dates, "date", "datetype", "dateonly");
        Add(names, [ArrowTypeId.Date32], "date32");
        Add(names, [ArrowTypeId.Date64], "date64");
        Add(names, [ArrowTypeId.Timestamp], "timestamp", "datetime", "datetime64", "datetimeoffset", "timestamptype", "datetimetzdtype", "datetimetzdtypetype", "timestamp_ntz", "timestamptz");
        Add(names, [ArrowTypeId.Time32, ArrowTypeId.Time64], "time", "timeonly");
        Add(names, [ArrowTypeId.Duration], "duration", "timedelta", "timedelta64", "timespan", "interval");
        Add(names, [ArrowTypeId.Binary, ArrowTypeId.FixedSizedBinary], "binary", "bytes", "binarytype", "varbinary", "blob", "bytea");
        Add(names, [ArrowTypeId.List], "list", "array", "arraytype");
        Add(names, [ArrowTypeId.Struct], "struct", "dict", "structtype");
        Add(names, [ArrowTypeId.Null], "null", "nulltype");
        return names;
    }

    private static void Add(Dictionary<string, ArrowTypeId[]> names, ArrowTypeId[] ids, params ReadOnlySpan<string> spellings)
    {
        foreach (var spelling in spellings)
            names.Add(spelling, ids);
    }
}
