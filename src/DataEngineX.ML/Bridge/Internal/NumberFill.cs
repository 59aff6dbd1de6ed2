using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.ML.Internal;

/// <summary>Decodes columns of several Arrow types into one value type: what features, labels and times are read with.</summary>
internal static class NumberFill
{
    /// <summary>The kernel that reads a numeric or Boolean column as a floating type, or null for any other type.</summary>
    public static ColumnFill<T>? For<T>(IArrowType type)
        where T : struct, IFloatingPointIeee754<T> => type.TypeId switch
        {
            ArrowTypeId.Int8 => ArrowFill.Widen<sbyte, T>,
            ArrowTypeId.UInt8 => ArrowFill.Widen<byte, T>,
            ArrowTypeId.Int16 => ArrowFill.Widen<short, T>,
            ArrowTypeId.UInt16 => ArrowFill.Widen<ushort, T>,
            ArrowTypeId.Int32 => ArrowFill.Widen<int, T>,
            ArrowTypeId.UInt32 => ArrowFill.Widen<uint, T>,
            ArrowTypeId.Int64 => ArrowFill.Widen<long, T>,
            ArrowTypeId.UInt64 => ArrowFill.Widen<ulong, T>,
            ArrowTypeId.HalfFloat => ArrowFill.Widen<Half, T>,
            ArrowTypeId.Float => ArrowFill.Widen<float, T>,
            ArrowTypeId.Double => ArrowFill.Widen<double, T>,
            ArrowTypeId.Boolean => Boolean,
            _ => null,
        };

    public static ColumnFill<ReadOnlyMemory<char>>? TextFor(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => TextFill.Plain,
        ArrowTypeId.Dictionary when TextFor(((DictionaryType)type).ValueType) is not null => TextFill.Dictionary,
        _ => null,
    };

    public static ColumnFill<DateTime>? TimeFor(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Date32 => ArrowFill.Date32,
        ArrowTypeId.Date64 => ArrowFill.Date64,
        ArrowTypeId.Timestamp => ArrowFill.Timestamp,
        _ => null,
    };

    private static void Boolean<T>(IArrowArray array, Span<T> destination)
        where T : struct, IFloatingPointIeee754<T>
    {
        var bits = ((BooleanArray)array).ValueBuffer.Span;
        for (var i = 0; i < destination.Length; i++)
            destination[i] = BitUtility.GetBit(bits, array.Data.Offset + i) ? T.One : T.Zero;
        ArrowFill.SetNulls(array, destination, T.NaN);
    }
}
