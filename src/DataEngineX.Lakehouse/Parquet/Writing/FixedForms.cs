using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Chooses how a column's values are collected and encoded.</summary>
internal static class FixedForms
{
    internal static LeafValues Create(WriterLeaf leaf) => leaf.Type switch
    {
        BooleanType => new BoolLeafValues(),
        NullType => new FixedLeafValues<int>(Numbers<int, int>(_ => null)),
        Int8Type => new FixedLeafValues<int>(Numbers<sbyte, int>(static v => (long)v)),
        Int16Type => new FixedLeafValues<int>(Numbers<short, int>(static v => (long)v)),
        Int32Type or Date32Type or Time32Type => new FixedLeafValues<int>(Numbers<int, int>(static v => (long)v)),
        Int64Type or Time64Type => new FixedLeafValues<long>(Numbers<long, long>(static v => v)),
        TimestampType type => new FixedLeafValues<long>(Numbers<long, long>(v => Micros(v, type.Unit))),
        UInt8Type => new FixedLeafValues<uint>(Numbers<byte, uint>(static v => (long)v)),
        UInt16Type => new FixedLeafValues<uint>(Numbers<ushort, uint>(static v => (long)v)),
        UInt32Type => new FixedLeafValues<uint>(Numbers<uint, uint>(static v => (long)v)),
        UInt64Type => new FixedLeafValues<ulong>(Numbers<ulong, ulong>(static v => v <= long.MaxValue ? (long)v : null)),
        FloatType => new FixedLeafValues<float>(Numbers<float, float>(static v => float.IsFinite(v) ? (double)v : null)),
        DoubleType => new FixedLeafValues<double>(Numbers<double, double>(static v => double.IsFinite(v) ? v : null)),
        Decimal128Type when leaf.Element.Type == PhysicalType.Int32 => new FixedLeafValues<int>(Numbers<Int128, int>(static v => (Int128)v)),
        Decimal128Type when leaf.Element.Type == PhysicalType.Int64 => new FixedLeafValues<long>(Numbers<Int128, long>(static v => (Int128)v)),
        Decimal128Type => new FixedLeafValues<Int128>(BigEndian(leaf.Element.TypeLength)),
        FixedSizeBinaryType => new TextLeafValues(leaf.Element.TypeLength, isText: false),
        DictionaryType { ValueType: StringType or BinaryType } type => new TextLeafValues(-1, type.ValueType is StringType),
        DictionaryType type => new DecodedLeafValues(Create(leaf with { Type = type.ValueType })),
        _ => new TextLeafValues(-1, leaf.Type is StringType),
    };

    private static FixedForm<TStored> Numbers<TArrow, TStored>(Func<TStored, object?> toBound)
        where TArrow : unmanaged, INumber<TArrow>
        where TStored : unmanaged, INumber<TStored> =>
        new(Collect<TArrow, TStored>, static (v, bytes) => MemoryMarshal.Write(bytes, in v), Marshal.SizeOf<TStored>(), true, toBound);

    private static FixedForm<Int128> BigEndian(int width) => new(
        Collect<Int128, Int128>,
        (v, bytes) =>
        {
            Span<byte> whole = stackalloc byte[16];
            BinaryPrimitives.WriteInt128BigEndian(whole, v);
            whole[(16 - width)..].CopyTo(bytes);
        },
        width, false, static v => v);

    private static void Collect<TArrow, TStored>(Apache.Arrow.Array array, ReadOnlySpan<int> places, bool all, Span<TStored> into)
        where TArrow : unmanaged, INumber<TArrow>
        where TStored : unmanaged, INumber<TStored>
    {
        var values = MemoryMarshal.Cast<byte, TArrow>(array.Data.Buffers[1].Span).Slice(array.Data.Offset, array.Length);
        if (all && typeof(TArrow) == typeof(TStored))
        {
            MemoryMarshal.Cast<TArrow, TStored>(values).CopyTo(into);
        }
        else if (all)
        {
            for (var i = 0; i < values.Length; i++)
                into[i] = TStored.CreateTruncating(values[i]);
        }
        else
        {
            for (var i = 0; i < places.Length; i++)
                into[i] = TStored.CreateTruncating(values[places[i]]);
        }
    }

    private static object? Micros(long value, TimeUnit unit) => unit switch
    {
        TimeUnit.Microsecond => value,
        TimeUnit.Millisecond when value is > long.MinValue / 1000 and < long.MaxValue / 1000 => value * 1000,
        _ => null,
    };
}
