using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DataEngineX.ML.Internal;

/// <summary>Chooses how each Arrow type is shown to ML.NET.</summary>
internal static class ArrowColumns
{
    public static ArrowColumn Create(Field field, IArrowArray[] arrays, DictionaryEncoding dictionaries)
    {
        var name = field.Name;
        var hasNulls = System.Array.Exists(arrays, a => a.NullCount != 0);
        return field.DataType.TypeId switch
        {
            ArrowTypeId.Int8 => Whole<sbyte, float>(name, NumberDataViewType.SByte, hasNulls),
            ArrowTypeId.UInt8 => Whole<byte, float>(name, NumberDataViewType.Byte, hasNulls),
            ArrowTypeId.Int16 => Whole<short, float>(name, NumberDataViewType.Int16, hasNulls),
            ArrowTypeId.UInt16 => Whole<ushort, float>(name, NumberDataViewType.UInt16, hasNulls),
            ArrowTypeId.Int32 => Whole<int, double>(name, NumberDataViewType.Int32, hasNulls),
            ArrowTypeId.UInt32 => Whole<uint, double>(name, NumberDataViewType.UInt32, hasNulls),
            ArrowTypeId.Int64 => Whole<long, double>(name, NumberDataViewType.Int64, hasNulls),
            ArrowTypeId.UInt64 => Whole<ulong, double>(name, NumberDataViewType.UInt64, hasNulls),
            ArrowTypeId.HalfFloat => Floating<Half, float>(name),
            ArrowTypeId.Float => Floating<float, float>(name),
            ArrowTypeId.Double => Floating<double, double>(name),
            ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256 => ArrowColumn.Of<double>(name, NumberDataViewType.Double, ArrowFill.Decimal),
            ArrowTypeId.Null => ArrowColumn.Of<float>(name, NumberDataViewType.Single, ArrowFill.Missing),
            ArrowTypeId.Boolean when hasNulls => ArrowColumn.Of<float>(name, NumberDataViewType.Single, ArrowFill.BooleanWithNulls),
            ArrowTypeId.Boolean => ArrowColumn.Of<bool>(name, BooleanDataViewType.Instance, ArrowFill.Boolean),
            ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView
                => ArrowColumn.Of<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, TextFill.Plain),
            ArrowTypeId.Date32 => ArrowColumn.Of<DateTime>(name, DateTimeDataViewType.Instance, ArrowFill.Date32),
            ArrowTypeId.Date64 => ArrowColumn.Of<DateTime>(name, DateTimeDataViewType.Instance, ArrowFill.Date64),
            ArrowTypeId.Timestamp => ArrowColumn.Of<DateTime>(name, DateTimeDataViewType.Instance, ArrowFill.Timestamp),
            ArrowTypeId.Dictionary when IsText(((DictionaryType)field.DataType).ValueType) => dictionaries == DictionaryEncoding.Key
                ? Keys(name, arrays)
                : ArrowColumn.Of<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, TextFill.Dictionary),
            ArrowTypeId.FixedSizeList => Vector(name, (FixedSizeListType)field.DataType),
            _ => throw Unsupported(name, field.DataType),
        };
    }

    private static ArrowColumn Whole<TIn, TOut>(string name, DataViewType exact, bool hasNulls)
        where TIn : struct, INumber<TIn>, IEquatable<TIn>
        where TOut : struct, IFloatingPointIeee754<TOut>
        => hasNulls ? Floating<TIn, TOut>(name) : ArrowColumn.Of<TIn>(name, exact, ArrowFill.Copy);

    private static ArrowColumn Floating<TIn, TOut>(string name)
        where TIn : struct, INumber<TIn>, IEquatable<TIn>
        where TOut : struct, IFloatingPointIeee754<TOut>
        => ArrowColumn.Of<TOut>(
            name, typeof(TOut) == typeof(float) ? NumberDataViewType.Single : NumberDataViewType.Double, ArrowFill.Widen<TIn, TOut>);

    private static ArrowColumn Vector(string name, FixedSizeListType type) => type.ValueDataType.TypeId switch
    {
        ArrowTypeId.HalfFloat => ArrowColumn.OfVector<float>(
            name, NumberDataViewType.Single, type.ListSize, ArrowFill.Vectors<Half, float>),
        ArrowTypeId.Float => ArrowColumn.OfVector<float>(
            name, NumberDataViewType.Single, type.ListSize, ArrowFill.Vectors<float, float>),
        ArrowTypeId.Double => ArrowColumn.OfVector<double>(
            name, NumberDataViewType.Double, type.ListSize, ArrowFill.Vectors<double, double>),
        _ => throw Unsupported(name, type),
    };

    private static ArrowColumn Keys(string name, IArrowArray[] arrays)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var array in arrays)
        {
            var dictionary = ((DictionaryArray)array).Dictionary;
            for (var i = 0; i < dictionary.Length; i++)
            {
                if (TextFill.Read(dictionary, i) is { } text)
                    words.Add(text);
            }
        }

        var values = words.Select(w => w.AsMemory()).ToArray();
        var numbers = words.Select((w, i) => (w, i)).ToDictionary(p => p.w, p => (uint)p.i + 1, StringComparer.Ordinal);
        var annotations = new DataViewSchema.Annotations.Builder();
        void GetValues(ref VBuffer<ReadOnlyMemory<char>> value)
        {
            var editor = VBufferEditor.Create(ref value, values.Length);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        }

        if (values.Length > 0)
        {
            annotations.Add(
                "KeyValues", new VectorDataViewType(TextDataViewType.Instance, values.Length),
                (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)GetValues);
        }

        // A key type needs room for at least one value even when every row is null.
        var type = new KeyDataViewType(typeof(uint), Math.Max(1, values.Length));
        return ArrowColumn.Of(name, type, TextFill.Keys(numbers), annotations.ToAnnotations());
    }

    private static bool IsText(IArrowType type) => type.TypeId is ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView;

    private static ArgumentException Unsupported(string name, IArrowType type)
        => new($"Column '{name}' is {type.Name}, which ML.NET cannot hold; select it away or convert it to a number, text, "
            + "date or fixed-size list of numbers.");
}
