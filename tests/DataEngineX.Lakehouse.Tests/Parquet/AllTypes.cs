using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>Batches with a column of each type that tables hold.</summary>
public static class AllTypes
{
    public static Schema Schema { get; } = new(
        [
            new Field("b", BooleanType.Default, true), new Field("i8", Int8Type.Default, true), new Field("i16", Int16Type.Default, true),
            new Field("i32", Int32Type.Default, true), new Field("i64", Int64Type.Default, true), new Field("f", FloatType.Default, true),
            new Field("d", DoubleType.Default, true), new Field("s", StringType.Default, true), new Field("bin", BinaryType.Default, true),
            new Field("day", Date32Type.Default, true), new Field("utc", ArrowTypes.TimestampUtc, true), new Field("local", ArrowTypes.TimestampLocal, true),
            new Field("d9", new Decimal128Type(9, 2), true), new Field("d18", new Decimal128Type(18, 4), true), new Field("d38", new Decimal128Type(38, 10), true),
            new Field("required", Int64Type.Default, false),
        ],
        null);

    public static Gen<RecordBatch> Batches(int maxRows) => Gen.Select(Gen.Int[0, maxRows], Gen.Int[0, 1_000_000], Gen.Double[0, 1])
        .Select((rows, seed, nulls) => Make(rows, seed, nulls));

    public static RecordBatch Make(int rows, int seed, double nulls)
    {
        var random = new Random(seed);
        bool Null() => random.NextDouble() < nulls;
        var b = new BooleanArray.Builder();
        var i8 = new Int8Array.Builder();
        var i16 = new Int16Array.Builder();
        var i32 = new Int32Array.Builder();
        var i64 = new Int64Array.Builder();
        var f = new FloatArray.Builder();
        var d = new DoubleArray.Builder();
        var s = new StringArray.Builder();
        var bin = new BinaryArray.Builder();
        var day = new Date32Array.Builder();
        var utc = new TimestampArray.Builder(ArrowTypes.TimestampUtc);
        var local = new TimestampArray.Builder(ArrowTypes.TimestampLocal);
        var d9 = new Decimal128Array.Builder(new Decimal128Type(9, 2));
        var d18 = new Decimal128Array.Builder(new Decimal128Type(18, 4));
        var d38 = new Decimal128Array.Builder(new Decimal128Type(38, 10));
        var required = new Int64Array.Builder();
        for (var i = 0; i < rows; i++)
        {
            _ = Null() ? b.AppendNull() : b.Append(random.Next(2) == 0);
            _ = Null() ? i8.AppendNull() : i8.Append((sbyte)random.Next(-128, 128));
            _ = Null() ? i16.AppendNull() : i16.Append((short)random.Next(-32768, 32768));
            _ = Null() ? i32.AppendNull() : i32.Append(random.Next(int.MinValue, int.MaxValue));
            _ = Null() ? i64.AppendNull() : i64.Append(random.NextInt64(long.MinValue, long.MaxValue));
            _ = Null() ? f.AppendNull() : f.Append(random.NextSingle() * 1000 - 500);
            _ = Null() ? d.AppendNull() : d.Append(random.NextDouble() * 1e9 - 5e8);
            _ = Null() ? s.AppendNull() : s.Append(Text(random));
            _ = Null() ? bin.AppendNull() : bin.Append(Bytes(random).AsSpan());
            _ = Null() ? day.AppendNull() : day.Append(DateTime.UnixEpoch.AddDays(random.Next(-200_000, 200_000)));
            _ = Null() ? utc.AppendNull() : utc.Append(DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(-500_000_000_000_000_000, 500_000_000_000_000_000) / 10 * 10));
            _ = Null() ? local.AppendNull() : local.Append(DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(-500_000_000_000_000_000, 500_000_000_000_000_000) / 10 * 10));
            _ = Null() ? d9.AppendNull() : d9.Append(random.Next(-999_999_999, 1_000_000_000) / 100m);
            _ = Null() ? d18.AppendNull() : d18.Append(random.NextInt64(-999_999_999_999_999_999, 1_000_000_000_000_000_000) / 10_000m);
            _ = Null() ? d38.AppendNull() : d38.Append(decimal.Parse($"{random.NextInt64(-999_999_999_999_999, 999_999_999_999_999)}.{random.Next(1_000_000_000):D9}7", CultureInfo.InvariantCulture));
            required.Append(i);
        }

        return new RecordBatch(
            Schema,
            [
                b.Build(), i8.Build(), i16.Build(), i32.Build(), i64.Build(), f.Build(), d.Build(), s.Build(), bin.Build(), day.Build(), utc.Build(),
                local.Build(), d9.Build(), d18.Build(), d38.Build(), required.Build(),
            ],
            rows);
    }

    private static string Text(Random random) => random.Next(4) switch
    {
        0 => "",
        1 => $"id{random.Next(10)}",
        2 => "é€😀"[..(random.Next(2) + 1)] + random.Next(100),
        _ => new string((char)random.Next('a', 'z'), random.Next(60)),
    };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }
}
