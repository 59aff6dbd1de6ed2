using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class CastsTests
{
    public static TheoryData<string, string> NumberPairs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string from in Kinds.Numbers)
            {
                foreach (string to in Kinds.Numbers)
                {
                    data.Add(from, to);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NumberPairs))]
    public void Numbers_become_other_numbers_or_are_refused(string from, string to) => Kinds.Column(from).Sample(t =>
    {
        using IArrowArray column = Rows.Build(Kinds.Type(from), t.Rows, t.Pad);
        object?[] expected = [.. t.Rows.Select(r => r is null ? null : Number(r, to))];
        KernelTest.Equal(expected, KernelTest.Run(a => Casts.TryCast(column, Kinds.Type(to), a)));
        if (Enumerable.Range(0, expected.Length).Any(i => expected[i] is null && t.Rows[i] is not null))
        {
            KernelTest.Throws<InvalidCastException>(a => Casts.Cast(column, Kinds.Type(to), a));
        }
        else
        {
            KernelTest.Equal(expected, KernelTest.Run(a => Casts.Cast(column, Kinds.Type(to), a)));
        }
    }, iter: 15);

    [Theory]
    [InlineData("bool")]
    [InlineData("date32")]
    [InlineData("decimal")]
    [InlineData("int8")]
    [InlineData("int16")]
    [InlineData("int32")]
    [InlineData("int64")]
    [InlineData("uint8")]
    [InlineData("uint16")]
    [InlineData("uint32")]
    [InlineData("uint64")]
    [InlineData("half")]
    [InlineData("float")]
    [InlineData("double")]
    public void What_is_written_as_text_reads_back_the_same(string kind) => Kinds.Column(kind).Sample(t =>
    {
        object?[] rows = kind switch
        {
            "date32" => [.. t.Rows.Select(r => r is int v ? (object)(v % 300_000) : null)],
            "decimal" => [.. t.Rows.Select(r => r is Int128 v ? (object)(v % 1_000_000_000) : null)],
            _ => t.Rows,
        };
        using IArrowArray column = Rows.Build(Kinds.Type(kind), rows, t.Pad);
        using IArrowArray text = Casts.Cast(column, StringType.Default, new CountingAllocator());
        KernelTest.Equal(rows, KernelTest.Run(a => Casts.Cast(text, Kinds.Type(kind), a)));
        if (Kinds.Numbers.Contains(kind))
        {
            KernelTest.Equal(
                [.. rows.Select(r => r is null ? null : (object)((IFormattable)r).ToString(null, CultureInfo.InvariantCulture))], Rows.Read(text));
        }
    }, iter: 60);

    [Fact]
    public void Timestamps_are_written_as_iso_8601_and_read_back() =>
        Gen.Long[-60_000_000_000_000_000, 250_000_000_000_000_000].Array[0, 100].Sample(micros =>
        {
            object?[] rows = [.. micros.Select(m => (object?)m)];
            using IArrowArray column = Rows.Build(Kinds.Type("ts_us"), rows);
            using IArrowArray text = Casts.Cast(column, StringType.Default, new CountingAllocator());
            KernelTest.Equal(
                [.. micros.Select(m => (object)DateTime.UnixEpoch.AddTicks(m * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture))],
                Rows.Read(text));
            KernelTest.Equal(rows, KernelTest.Run(a => Casts.Cast(text, Kinds.Type("ts_us"), a)));
        }, iter: 60);

    [Theory]
    [InlineData("2024-02-29", 1_709_164_800L)]
    [InlineData("2024-02-29T00:00", 1_709_164_800L)]
    [InlineData("2024-02-29 01:02:03", 1_709_168_523L)]
    [InlineData("2024-02-29T01:02:03.999Z", 1_709_168_523L)]
    [InlineData("2024-02-29T01:02:03+01:00", 1_709_164_923L)]
    [InlineData("2024-02-29T01:02:03-0030", 1_709_170_323L)]
    [InlineData("2024-02-30", null)]
    [InlineData("2024-13-01", null)]
    [InlineData("0000-01-01", null)]
    [InlineData("2024-02-29T24:00:00", null)]
    [InlineData("2024-02-29T01:02:60", null)]
    [InlineData("2024-02-29T01:02:03.", null)]
    [InlineData("2024-02-29X01:02", null)]
    [InlineData("2024-02-29T01:02:03+1:00", null)]
    [InlineData("29.02.2024", null)]
    [InlineData("", null)]
    public void Instants_are_read_from_the_forms_of_iso_8601(string text, long? expected)
    {
        using IArrowArray column = Rows.Build(StringType.Default, [text]);
        KernelTest.Equal([expected], KernelTest.Run(a => Casts.TryCast(column, Kinds.Type("ts_s"), a)));
    }

    [Fact]
    public void A_failure_names_row_value_and_type_and_garbage_under_nulls_is_none()
    {
        using IArrowArray column = Rows.Build(StringType.Default, [null, "1", "12x"], pad: 3);
        string message = KernelTest.Throws<InvalidCastException>(a => Casts.Cast(column, Int32Type.Default, a)).Message;
        Assert.Contains("Row 2", message, StringComparison.Ordinal);
        Assert.Contains("12x", message, StringComparison.Ordinal);
        Assert.Contains("int32", message, StringComparison.Ordinal);
        KernelTest.Equal([null, 1, null], KernelTest.Run(a => Casts.TryCast(column, Int32Type.Default, a)));
        using IArrowArray nulls = Rows.Build(DoubleType.Default, [null]);
        KernelTest.Equal([null], KernelTest.Run(a => Casts.Cast(nulls, Int32Type.Default, a)));
    }

    [Fact]
    public void Dates_timestamps_and_units_turn_into_each_other()
    {
        using IArrowArray dates = Rows.Build(Date32Type.Default, [-1, 0, 19_723, null]);
        KernelTest.Equal([-86_400L, 0L, 1_704_067_200L, null], KernelTest.Run(a => Casts.Cast(dates, Kinds.Type("ts_s"), a)));
        using IArrowArray instants = Rows.Build(Kinds.Type("ts_us"), [-1L, 86_400_000_000L, null]);
        KernelTest.Equal([-1, 1, null], KernelTest.Run(a => Casts.Cast(instants, Date32Type.Default, a)));
        KernelTest.Equal([-1L, 86_400L, null], KernelTest.Run(a => Casts.Cast(instants, Kinds.Type("ts_s"), a)));
        using IArrowArray seconds = Rows.Build(Kinds.Type("ts_s"), [2L, long.MaxValue]);
        KernelTest.Equal([2_000_000L, null], KernelTest.Run(a => Casts.TryCast(seconds, Kinds.Type("ts_us"), a)));
        KernelTest.Equal([2L, long.MaxValue], KernelTest.Run(a => Casts.Cast(seconds, Int64Type.Default, a)));
        KernelTest.Equal([2L, long.MaxValue], KernelTest.Run(a => Casts.Cast(seconds, new TimestampType(TimeUnit.Second, "UTC"), a)));
    }

    [Fact]
    public void Decimals_turn_into_numbers_and_other_scales()
    {
        var type = new Decimal128Type(10, 2);
        using IArrowArray decimals = Rows.Build(type, [(Int128)12345, (Int128)(-50), null, (Int128)(-55)]);
        KernelTest.Equal([123.45, -0.5, null, -0.55], KernelTest.Run(a => Casts.Cast(decimals, DoubleType.Default, a)));
        KernelTest.Equal([123, 0, null, 0], KernelTest.Run(a => Casts.Cast(decimals, Int32Type.Default, a)));
        KernelTest.Equal(["123.45", "-0.50", null, "-0.55"], KernelTest.Run(a => Casts.Cast(decimals, StringType.Default, a)));
        KernelTest.Equal([(Int128)1235, (Int128)(-5), null, (Int128)(-6)], KernelTest.Run(a => Casts.Cast(decimals, new Decimal128Type(10, 1), a)));
        KernelTest.Equal([null, (Int128)(-5000), null, (Int128)(-5500)], KernelTest.Run(a => Casts.TryCast(decimals, new Decimal128Type(6, 4), a)));
        using IArrowArray longs = Rows.Build(Int64Type.Default, [7L, 100_000_000L]);
        KernelTest.Equal([(Int128)700, null], KernelTest.Run(a => Casts.TryCast(longs, type, a)));
        using IArrowArray doubles = Rows.Build(DoubleType.Default, [1.005, -2.5, double.NaN, 1e20]);
        KernelTest.Equal([(Int128)100, (Int128)(-250), null, null], KernelTest.Run(a => Casts.TryCast(doubles, type, a)));
        using IArrowArray texts = Rows.Build(StringType.Default, ["1.5", "-.25", "1.255", ".", "", "+3", "x", "123456789"]);
        KernelTest.Equal(
            [(Int128)150, (Int128)(-25), null, null, null, (Int128)300, null, null], KernelTest.Run(a => Casts.TryCast(texts, type, a)));
    }

    [Fact]
    public void Booleans_nulls_and_dictionaries_turn_too_and_lists_do_not()
    {
        using IArrowArray bools = Rows.Build(BooleanType.Default, [true, false, null]);
        KernelTest.Equal([1, 0, null], KernelTest.Run(a => Casts.Cast(bools, Int32Type.Default, a)));
        using IArrowArray doubles = Rows.Build(DoubleType.Default, [2.0, 0.0, -0.0, null]);
        KernelTest.Equal([true, false, false, null], KernelTest.Run(a => Casts.Cast(doubles, BooleanType.Default, a)));
        using IArrowArray texts = Rows.Build(StringType.Default, ["TRUE", "false", "yes"]);
        KernelTest.Equal([true, false, null], KernelTest.Run(a => Casts.TryCast(texts, BooleanType.Default, a)));
        using IArrowArray nothing = new NullArray(2);
        KernelTest.Equal([null, null], KernelTest.Run(a => Casts.Cast(nothing, StringType.Default, a)));
        using IArrowArray encoded = Nested.Dictionary(["1", "2"], [1, null, 0]);
        KernelTest.Equal([2, null, 1], KernelTest.Run(a => Casts.Cast(encoded, Int32Type.Default, a)));
        using ListArray lists = Nested.Lists([[1]]);
        KernelTest.Throws<NotSupportedException>(a => Casts.Cast(lists, Int32Type.Default, a));
        Assert.False(Casts.CanCast(lists.Data.DataType, Int32Type.Default));
        Assert.True(Casts.CanCast(encoded.Data.DataType, Int32Type.Default));
        Assert.False(Casts.CanCast(BooleanType.Default, Date32Type.Default));
    }

    private static object? Number(object value, string to)
    {
        double wide = value is Half h ? (double)h : Convert.ToDouble(value, CultureInfo.InvariantCulture);
        switch (to)
        {
            case "double":
                return wide;
            case "float":
                return value switch { long l => (float)l, ulong u => (float)u, _ => (float)wide };
            case "half":
                return value switch { long l => (Half)l, ulong u => (Half)u, int i => (Half)i, uint i => (Half)i, float f => (Half)f, _ => (Half)wide };
        }

        BigInteger whole;
        if (value is Half or float or double)
        {
            if (!double.IsFinite(wide))
            {
                return null;
            }

            whole = new BigInteger(Math.Truncate(wide));
        }
        else
        {
            whole = BigInteger.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture);
        }

        try
        {
            return to switch
            {
                "int8" => checked((sbyte)whole),
                "int16" => checked((short)whole),
                "int32" => checked((int)whole),
                "int64" => checked((long)whole),
                "uint8" => checked((byte)whole),
                "uint16" => checked((ushort)whole),
                "uint32" => checked((uint)whole),
                _ => (object)checked((ulong)whole),
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
