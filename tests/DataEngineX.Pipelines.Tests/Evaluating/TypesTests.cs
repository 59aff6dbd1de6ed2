using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Pipelines.Tests.Evaluating.Evaluation;

namespace DataEngineX.Pipelines.Tests.Evaluating;

/// <summary>Promotion, each line of the page.</summary>
public sealed class TypesTests
{
    private static readonly Dictionary<string, IArrowType> Types = new(StringComparer.Ordinal)
    {
        ["int8"] = Int8Type.Default,
        ["int16"] = Int16Type.Default,
        ["int32"] = Int32Type.Default,
        ["int64"] = Int64Type.Default,
        ["uint8"] = UInt8Type.Default,
        ["uint16"] = UInt16Type.Default,
        ["uint32"] = UInt32Type.Default,
        ["uint64"] = UInt64Type.Default,
        ["float"] = FloatType.Default,
        ["double"] = DoubleType.Default,
        ["decimal"] = new Decimal128Type(10, 2),
        ["utf8"] = StringType.Default,
        ["date32"] = Date32Type.Default,
        ["ts_s"] = new TimestampType(TimeUnit.Second, "UTC"),
        ["ts_us"] = ArrowTypes.TimestampUtc,
        ["dur_s"] = DurationType.Second,
        ["dur_us"] = DurationType.Microsecond,
        ["bool"] = BooleanType.Default,
    };

    [Theory]
    [InlineData("int8", "int8", "int32")]
    [InlineData("uint8", "int16", "int32")]
    [InlineData("uint16", "uint8", "int32")]
    [InlineData("int32", "int16", "int32")]
    [InlineData("int32", "uint32", "int64")]
    [InlineData("uint32", "uint32", "int64")]
    [InlineData("int64", "int8", "int64")]
    [InlineData("uint64", "uint8", "uint64")]
    [InlineData("uint64", "int8", "int64")]
    [InlineData("float", "float", "float")]
    [InlineData("float", "int8", "double")]
    [InlineData("float", "double", "double")]
    [InlineData("decimal", "int32", "decimal(13,2)")]
    [InlineData("decimal", "double", "double")]
    [InlineData("ts_s", "dur_us", "timestamp[us, UTC]")]
    [InlineData("date32", "dur_s", "timestamp[s]")]
    [InlineData("dur_s", "dur_us", "duration[us]")]
    public void Sums_are_promoted(string left, string right, string expected) =>
        Assert.Equal(expected, ArrowTypes.NameOf(TypeOf(Col("a") + Col("b"), Types[left], Types[right])));

    [Theory]
    [InlineData("int64", "uint64", "decimal(20,0)")]
    [InlineData("int8", "uint32", "int64")]
    [InlineData("decimal", "int64", "decimal(21,2)")]
    [InlineData("date32", "ts_s", "timestamp[s, UTC]")]
    [InlineData("ts_us", "ts_s", "timestamp[us, UTC]")]
    [InlineData("dur_us", "dur_s", "duration[us]")]
    public void Choices_are_promoted(string left, string right, string expected) =>
        Assert.Equal(expected, ArrowTypes.NameOf(TypeOf(Col("a").Coalesce(Col("b")), Types[left], Types[right])));

    [Theory]
    [InlineData("utf8", "int32")]
    [InlineData("bool", "int32")]
    [InlineData("date32", "int32")]
    [InlineData("utf8", "date32")]
    public void Types_that_do_not_meet_are_refused(string left, string right)
    {
        Assert.Contains($"{left}, {right}", Refused(Col("a") == Col("b"), Types[left], Types[right]).Message, StringComparison.Ordinal);
        Assert.Contains($"{left}, {right}", Refused(Col("a") - Col("b"), Types[left], Types[right]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Literals_take_the_columns_type_where_they_fit_it()
    {
        Assert.Equal("uint64", ArrowTypes.NameOf(TypeOf(Col("a") + 1, UInt64Type.Default)));
        Assert.Equal("int8", ArrowTypes.NameOf(TypeOf(Col("a").Coalesce(1), Int8Type.Default)));
        Assert.Equal("double", ArrowTypes.NameOf(TypeOf(Col("a").Coalesce(1.5), Int8Type.Default)));
        Assert.Equal([true, true], Of(Col("a") > -1, Column(UInt64Type.Default, ulong.MaxValue, 0UL)));
        Assert.Equal([false, true], Of(Col("a") == Col("b"), Column(UInt64Type.Default, ulong.MaxValue, 5UL), Column(Int64Type.Default, -1L, 5L)));
        Assert.Equal([true, false], Of(Lit(5) > Col("a"), Column(Int32Type.Default, 4, 5)));
        Assert.Equal([true, false], Of(Lit(5) <= Col("a"), Column(Int32Type.Default, 5, 4)));
    }

    [Fact]
    public void Integers_overflow_with_an_error_and_divide_to_null_by_zero()
    {
        Assert.Contains("row 0", Fails<OverflowException>(Col("a") + 1, Column(Int32Type.Default, int.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Contains("row 0", Fails<OverflowException>(-Col("a"), Column(Int64Type.Default, long.MinValue)).Message, StringComparison.Ordinal);
        Assert.Equal([-3, null, null], Of(Col("a") / Col("b"), Column(Int32Type.Default, -7, 1, null), Column(Int32Type.Default, 2, 0, 0)));
        Assert.Equal([-1, null, null], Of(Col("a") % Col("b"), Column(Int32Type.Default, -7, 1, null), Column(Int32Type.Default, 2, 0, 0)));
        Assert.Equal([double.PositiveInfinity, double.NaN], Of(Col("a") / 0.0, Column(DoubleType.Default, 1.0, 0.0)));
    }

    [Fact]
    public void Instants_and_durations_are_added_and_subtracted()
    {
        var (early, late) = (Column(Types["ts_s"], 100L, null), Column(Types["ts_us"], 160_500_000L, 1L));
        Assert.Equal([60_500_000L, null], Of(Col("b") - Col("a"), early, late));
        Assert.Equal([160L, null], Of(Col("a") + Col("b"), early, Column(DurationType.Second, 60L, 60L)));
        Assert.Equal([40L, null], Of(Col("a") - Col("b"), early, Column(DurationType.Second, 60L, 60L)));
        Assert.Equal([160_000_000L, null], Of(Col("a") + TimeSpan.FromMinutes(1), early));
        Assert.Equal([86_400L], Of(Col("a") - Col("b"), Column(Date32Type.Default, 2), Column(Date32Type.Default, 1)));
        Assert.Equal([150L], Of(Col("a") * 2.5, Column(DurationType.Second, 60L)));
        Assert.Equal([30L], Of(Col("a") / 2, Column(DurationType.Second, 60L)));
        Refused(Col("a") + Col("b"), Types["ts_s"], Types["ts_s"]);
    }

    [Fact]
    public void Bits_are_combined_and_shifted()
    {
        var column = Column(Int32Type.Default, 12, -1, null);
        Assert.Equal([8, 10, null], Of(Col("a").BitAnd(10), column));
        Assert.Equal([14, -1, null], Of(Col("a").BitOr(10), column));
        Assert.Equal([6, -11, null], Of(Col("a").BitXor(10), column));
        Assert.Equal([-13, 0, null], Of(Col("a").BitNot(), column));
        Assert.Equal([48, -4, null], Of(Col("a").ShiftLeft(2), column));
        Assert.Equal([3, -1, null], Of(Col("a").ShiftRight(2), column));
        Refused(Col("a").ShiftLeft(32), Int32Type.Default);
        Refused(Col("a").BitAnd(1.5), Int32Type.Default);
    }

    [Fact]
    public void Mathematics_is_in_double_and_rounding_keeps_whole_numbers()
    {
        var column = Column(DoubleType.Default, 2.5, -2.5, null);
        Assert.Equal([2.0, -2.0, null], Of(Col("a").Round(), column));
        Assert.Equal([3.0, -3.0, null], Of(Col("a").RoundAwayFromZero(), column));
        Assert.Equal([2.0, -3.0, null], Of(Col("a").Floor(), column));
        Assert.Equal([2.0, -2.0, null], Of(Col("a").Truncate(), column));
        Assert.Equal([1, -1, null], Of(Col("a").Sign(), column));
        Assert.Equal([0], Of(Col("a").Sign(), Column(DoubleType.Default, double.NaN)));
        Assert.Equal([Math.Atan2(2.5, 1), Math.Atan2(-2.5, 1), null], Of(Col("a").Atan2(1), column));
        Assert.Equal([8.0], Of(Col("a").Pow(3), Column(Int32Type.Default, 2)));
        Assert.Equal("int16", ArrowTypes.NameOf(TypeOf(Col("a").Floor(), Int16Type.Default)));
        Assert.Equal("decimal(9,0)", ArrowTypes.NameOf(TypeOf(Col("a").Ceiling(), new Decimal128Type(10, 2))));
        Assert.Equal([true, false, null], Of(Col("a").IsNaN(), Column(FloatType.Default, float.NaN, 1f, null)));
        Assert.Equal([false, true, null], Of(Col("a").IsFinite(), Column(DoubleType.Default, double.NegativeInfinity, 1.0, null)));
        Assert.Equal([true, false, null], Of(Col("a").IsInfinite(), Column(DoubleType.Default, double.NegativeInfinity, 1.0, null)));
        Assert.Equal([false, null], Of(Col("a").IsNaN(), Column(Int32Type.Default, 1, null)));
        Assert.Contains("sqrt", Refused(Col("a").Sqrt(), StringType.Default).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chains_of_floats_agree_with_csharp_over_many_blocks()
    {
        object?[] a = [.. Enumerable.Range(0, 3000).Select(i => i % 7 == 0 ? null : (object)(i * 0.37))];
        object?[] b = [.. Enumerable.Range(0, 3000).Select(i => i % 11 == 0 ? null : (object)(i - 1500.0))];
        object?[] expected = [.. a.Zip(b, (l, r) => l is double x && r is double y ? (object)(5 - ((x - y) * (y + (x / (2 * y))) / 3 % y)) : null)];
        var chain = 5.0 - (Col("a") - Col("b")) * (Col("b") + Col("a") / (2.0 * Col("b"))) / 3.0 % Col("b");
        Assert.Equal(expected, Of(chain, Column(DoubleType.Default, a), Column(DoubleType.Default, b)));
    }

    [Fact]
    public void A_call_with_too_few_arguments_is_refused() => Refused(new CallExpr(FunctionNames.Add, Col("a")), Int32Type.Default);
}
