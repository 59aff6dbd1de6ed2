using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>How the values of a type lie in memory.</summary>
internal enum Physical
{
    Other,
    Null,
    Bit,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float16,
    Float32,
    Float64,
    Int128,
    Variable,
    Dictionary,
    List,
    Struct,
    Bytes,
}

/// <summary>Work over columns of a fixed-width physical type.</summary>
internal interface IFixedAction<out TResult>
{
    TResult Run<T>()
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}

/// <summary>Maps Arrow types to physical ones, and physical ones to generic code.</summary>
internal static class PhysicalTypes
{
    public static Physical Of(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Null => Physical.Null,
        ArrowTypeId.Boolean => Physical.Bit,
        ArrowTypeId.Int8 => Physical.Int8,
        ArrowTypeId.Int16 => Physical.Int16,
        ArrowTypeId.Int32 or ArrowTypeId.Date32 or ArrowTypeId.Time32 => Physical.Int32,
        ArrowTypeId.Int64 or ArrowTypeId.Timestamp or ArrowTypeId.Date64 or ArrowTypeId.Time64 or ArrowTypeId.Duration => Physical.Int64,
        ArrowTypeId.UInt8 => Physical.UInt8,
        ArrowTypeId.UInt16 => Physical.UInt16,
        ArrowTypeId.UInt32 => Physical.UInt32,
        ArrowTypeId.UInt64 => Physical.UInt64,
        ArrowTypeId.HalfFloat => Physical.Float16,
        ArrowTypeId.Float => Physical.Float32,
        ArrowTypeId.Double => Physical.Float64,
        ArrowTypeId.Decimal128 => Physical.Int128,
        ArrowTypeId.String or ArrowTypeId.Binary => Physical.Variable,
        ArrowTypeId.Dictionary => Physical.Dictionary,
        ArrowTypeId.List or ArrowTypeId.Map => Physical.List,
        ArrowTypeId.Struct => Physical.Struct,
        ArrowTypeId.FixedSizedBinary => Physical.Bytes,
        _ => Physical.Other,
    };

    public static Physical Of(IArrowArray array) => Of(array.Data.DataType);

    public static bool IsFixed(Physical physical) => physical is >= Physical.Int8 and <= Physical.Int128;

    /// <summary>A number that arithmetic works on, as opposed to a date or a time that is stored as one.</summary>
    public static bool IsNumeric(IArrowType type) => IsInteger(type) || IsFloating(type);

    public static bool IsInteger(IArrowType type) => type.TypeId is >= ArrowTypeId.UInt8 and <= ArrowTypeId.Int64;

    public static bool IsFloating(IArrowType type) => type.TypeId is ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double;

    public static TResult Dispatch<TAction, TResult>(string kernel, IArrowType type, in TAction action)
        where TAction : struct, IFixedAction<TResult>, allows ref struct => Of(type) switch
        {
            Physical.Int8 => action.Run<sbyte>(),
            Physical.Int16 => action.Run<short>(),
            Physical.Int32 => action.Run<int>(),
            Physical.Int64 => action.Run<long>(),
            Physical.UInt8 => action.Run<byte>(),
            Physical.UInt16 => action.Run<ushort>(),
            Physical.UInt32 => action.Run<uint>(),
            Physical.UInt64 => action.Run<ulong>(),
            Physical.Float16 => action.Run<Half>(),
            Physical.Float32 => action.Run<float>(),
            Physical.Float64 => action.Run<double>(),
            Physical.Int128 => action.Run<Int128>(),
            _ => throw Guard.Unsupported(kernel, type),
        };
}
