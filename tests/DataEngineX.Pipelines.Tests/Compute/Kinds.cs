using Apache.Arrow.Types;
using CsCheck;

namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>The supported types by name, with generators of rows: few distinct values, extremes among them, one in five null.</summary>
internal static class Kinds
{
    public static readonly string[] Names =
    [
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "half", "float", "double",
        "utf8", "binary", "date32", "date64", "time32", "time64", "ts_s", "ts_us", "duration", "decimal", "null",
    ];

    public static readonly string[] Integers = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];

    public static readonly string[] Numbers = [.. Integers, "half", "float", "double"];

    public static TheoryData<string> All => new(Names);

    public static TheoryData<string> AllIntegers => new(Integers);

    public static TheoryData<string> AllNumbers => new(Numbers);

    public static IArrowType Type(string kind) => kind switch
    {
        "bool" => BooleanType.Default,
        "int8" => Int8Type.Default,
        "int16" => Int16Type.Default,
        "int32" => Int32Type.Default,
        "int64" => Int64Type.Default,
        "uint8" => UInt8Type.Default,
        "uint16" => UInt16Type.Default,
        "uint32" => UInt32Type.Default,
        "uint64" => UInt64Type.Default,
        "half" => HalfFloatType.Default,
        "float" => FloatType.Default,
        "double" => DoubleType.Default,
        "utf8" => StringType.Default,
        "binary" => BinaryType.Default,
        "date32" => Date32Type.Default,
        "date64" => Date64Type.Default,
        "time32" => new Time32Type(TimeUnit.Millisecond),
        "time64" => new Time64Type(TimeUnit.Nanosecond),
        "duration" => DurationType.Microsecond,
        "ts_s" => new TimestampType(TimeUnit.Second, (string?)null),
        "ts_us" => new TimestampType(TimeUnit.Microsecond, "UTC"),
        "decimal" => new Decimal128Type(20, 3),
        "null" => NullType.Default,
        _ => throw new ArgumentException(kind),
    };

    public static Gen<object> Value(string kind) => kind switch
    {
        "bool" => Gen.Bool.Select(v => (object)v),
        "int8" => Mixed<sbyte>(v => (sbyte)v, sbyte.MinValue, sbyte.MaxValue, 100, -100),
        "int16" => Mixed<short>(v => (short)v, short.MinValue, short.MaxValue, 300, -300),
        "int32" or "date32" or "time32" => Mixed(v => v, int.MinValue, int.MaxValue, 70_000, -70_000),
        "int64" or "ts_s" or "ts_us" or "date64" or "time64" or "duration" => Mixed(v => v, long.MinValue, long.MaxValue, 5_000_000_000, -5_000_000_000),
        "uint8" => Mixed<byte>(v => (byte)(v + 20), byte.MinValue, byte.MaxValue, 17),
        "uint16" => Mixed<ushort>(v => (ushort)(v + 20), ushort.MinValue, ushort.MaxValue, 300),
        "uint32" => Mixed(v => (uint)(v + 20), uint.MinValue, uint.MaxValue, 70_000u),
        "uint64" => Mixed(v => (ulong)(v + 20), ulong.MinValue, ulong.MaxValue, 5_000_000_000UL),
        "half" => Mixed(v => (Half)v, Half.NaN, Half.NegativeZero, Half.PositiveInfinity, (Half)0.5),
        "float" => Mixed(v => v, float.NaN, float.NegativeZero, float.NegativeInfinity, float.MaxValue, 0.1f),
        "double" => Mixed(v => v, double.NaN, double.NegativeZero, double.PositiveInfinity, double.MaxValue, 0.1),
        "utf8" => OneOf("", "a", "b", "ab", "ba", "é", "漢字", "😀", "z😀a", " pad ", "a long value that is beyond eight", "ABC"),
        "binary" => OneOf("", "00", "0000", "FF", "FF00", "7F", "80", "0102030405060708", "010203040506070809"),
        "decimal" => Mixed(v => (Int128)v, (Int128)1 << 70, -((Int128)1 << 70)),
        _ => throw new ArgumentException(kind),
    };

    /// <summary>Up to <paramref name="max"/> rows of a kind with their leading padding.</summary>
    public static Gen<(object?[] Rows, int Pad)> Column(string kind, int max = 150) =>
        Gen.Select(kind == "null" ? Nulls(max) : Rows(kind, max), Gen.Int[0, 70]);

    /// <summary>Two columns of a kind with the same number of rows.</summary>
    public static Gen<(object?[] Left, object?[] Right, int Pad)> Pair(string kind) =>
        Gen.Select(Column(kind), Column(kind), (a, b) =>
        {
            int length = Math.Min(a.Rows.Length, b.Rows.Length);
            return (a.Rows[..length], b.Rows[..length], a.Pad);
        });

    private static Gen<object?[]> Rows(string kind, int max) => Gen.Bool.SelectMany(withNulls =>
        (withNulls ? Gen.Frequency((1, Gen.Const((object?)null)), (4, Value(kind)!)) : Value(kind)!).Array[0, max])!;

    private static Gen<object?[]> Nulls(int max) => Gen.Int[0, max].Select(n => new object?[n]);

    private static Gen<object> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => (object)values[i]);

    private static Gen<object> Mixed<T>(Func<int, T> small, params T[] extremes)
        where T : notnull => Gen.Frequency(
            (5, Gen.Int[-20, 20].Select(v => (object)small(v))),
            (1, Gen.Int[0, extremes.Length - 1].Select(i => (object)extremes[i])));
}
