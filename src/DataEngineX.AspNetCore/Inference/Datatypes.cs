using Apache.Arrow.Types;

namespace DataEngineX.AspNetCore;

/// <summary>Datatypes of Open Inference and the column types they stand for.</summary>
internal static class Datatypes
{
    public const string Bytes = "BYTES";

    private static readonly HashSet<string> Known =
    [
        "BOOL", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP32", "FP64", Bytes,
    ];

    public static bool IsKnown(string datatype) => Known.Contains(datatype);

    /// <summary>The datatype of a column: texts, dates and instants travel as BYTES.</summary>
    public static string Of(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Boolean => "BOOL",
        ArrowTypeId.Int8 => "INT8",
        ArrowTypeId.Int16 => "INT16",
        ArrowTypeId.Int32 => "INT32",
        ArrowTypeId.Int64 => "INT64",
        ArrowTypeId.UInt8 => "UINT8",
        ArrowTypeId.UInt16 => "UINT16",
        ArrowTypeId.UInt32 => "UINT32",
        ArrowTypeId.UInt64 => "UINT64",
        ArrowTypeId.Float => "FP32",
        ArrowTypeId.Double => "FP64",
        _ => Bytes,
    };
}
