using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Quality.Tests.Profiles;

public class ColumnProfileTests
{
    [Fact]
    public async Task Whole_numbers_of_64_bits_keep_all_digits()
    {
        var column = await ProfileRun.ColumnAsync(Int64Type.Default, long.MaxValue, long.MinValue, null, 0L, 0L, -7L);
        Assert.Equal(ValueKind.Integer, column.Kind);
        Assert.Equal("-9223372036854775808", column.Min);
        Assert.Equal("9223372036854775807", column.Max);
        Assert.Equal((6, 1, 4, 3), (column.Rows, column.Nulls, column.Distinct!.Value, column.Unique!.Value));
        Assert.Equal((2, 2), (column.Numbers!.Zeros, column.Numbers.Negatives));
        Assert.Equal(new CountedValue("0", 2, 0), column.TopValues()[0]);
        Assert.Equal((0, 5), (column.FirstRow!.Value, column.LastRow!.Value));
        Assert.True(column.Numbers.IsWhole);
    }

    [Fact]
    public async Task Unsigned_numbers_of_64_bits_are_in_their_order()
    {
        var column = await ProfileRun.ColumnAsync(UInt64Type.Default, ulong.MaxValue, 1UL, 2UL);
        Assert.Equal(("1", "18446744073709551615"), (column.Min, column.Max));
        Assert.Equal(1.0, column.Numbers!.Min);
        Assert.Equal(2.0, column.Numbers.Quantile(0.5));
        Assert.Equal(0, column.Numbers.Negatives);
    }

    [Fact]
    public async Task NaN_and_infinities_are_counted_and_kept_out_of_moments()
    {
        var column = await ProfileRun.ColumnAsync(
            DoubleType.Default, double.NaN, 1.0, double.PositiveInfinity, null, -0.0, 0.0, double.NegativeInfinity, double.NaN, 3.5);
        var numbers = column.Numbers!;
        Assert.Equal((2, 1, 1, 2), (numbers.NaNs, numbers.PositiveInfinities, numbers.NegativeInfinities, numbers.Zeros));
        Assert.Equal(4, numbers.Count);
        Close.To(4.5 / 4, numbers.Mean);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (numbers.Min, numbers.Max));
        Assert.Equal(5, column.Distinct);
        Assert.False(numbers.IsWhole);
        Assert.Equal(4, numbers.Histogram(4).Sum(b => b.Count));
        Assert.Equal((0, 3.5), (numbers.Histogram(4)[0].Lower, numbers.Histogram(4)[^1].Upper));
    }

    [Fact]
    public async Task Decimals_are_exact_until_they_leave_64_bits()
    {
        var column = await ProfileRun.ColumnAsync(new Decimal128Type(38, 2), 12.50m, -0.05m, null, 12.5m);
        Assert.Equal(("-0.05", "12.50"), (column.Min, column.Max));
        Assert.Equal(new CountedValue("12.50", 2, 0), column.TopValues(1)[0]);
        Close.To(24.95 / 3, column.Numbers!.Mean);
        var wide = await ProfileRun.ColumnAsync(new Decimal128Type(38, 2), 1m, 1e20m, 2m, 1e20m);
        Assert.Equal(3, wide.Distinct);
        Assert.Empty(wide.TopValues());
        Close.To(1e20, wide.Numbers!.Max);
        Close.To(1, wide.Numbers.Quantile(0));
    }

    [Fact]
    public async Task Dates_tell_their_span_gaps_and_future()
    {
        var today = DateOnly.FromDateTime(ProfileRun.Now.UtcDateTime);
        var column = await ProfileRun.ColumnAsync(Date32Type.Default, today.AddDays(-10), today.AddDays(-9), today.AddDays(-4), null, today.AddDays(2));
        var times = column.Times!;
        Assert.Equal(today.AddDays(-10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), times.Min);
        Assert.Equal(TimeSpan.FromDays(12), times.Span);
        Assert.Equal((4, 9, 5), (times.Days!.Value, times.MissingDays!.Value, times.LongestGapInDays!.Value));
        Assert.Equal(1, times.InTheFuture);
        Assert.Equal(TimeResolution.Day, times.Resolution);
        Assert.Equal(ColumnOrder.StrictlyIncreasing, column.Order);
    }

    [Theory]
    [InlineData(0, TimeResolution.Day)]
    [InlineData(2 * 3_600_000_000L, TimeResolution.Hour)]
    [InlineData(60_000_000L, TimeResolution.Minute)]
    [InlineData(1_000_000L, TimeResolution.Second)]
    [InlineData(1_000L, TimeResolution.Millisecond)]
    [InlineData(1L, TimeResolution.Microsecond)]
    public async Task Times_tell_their_resolution(long microseconds, TimeResolution resolution)
    {
        var day = new DateTimeOffset(1960, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var column = await ProfileRun.ColumnAsync(new TimestampType(TimeUnit.Microsecond, "UTC"), day, day.AddTicks(microseconds * 10));
        Assert.Equal(resolution, column.Times!.Resolution);
        Assert.Equal("1960-05-01T00:00:00Z", column.Min);
        Assert.Equal(1, column.Times.Days);
    }

    [Fact]
    public async Task Booleans_have_a_share()
    {
        var column = await ProfileRun.ColumnAsync(BooleanType.Default, true, null, false, true);
        Assert.Equal((2, 2, 1), (column.Trues!.Value, column.Distinct!.Value, column.Nulls));
        Assert.Equal([new CountedValue("true", 2, 0), new CountedValue("false", 1, 0)], column.TopValues());
    }

    [Fact]
    public async Task Columns_of_nulls_and_without_rows_have_no_metrics()
    {
        foreach (var type in new IArrowType[] { Int64Type.Default, DoubleType.Default, StringType.Default, BooleanType.Default, NullType.Default, new TimestampType(TimeUnit.Nanosecond, "UTC") })
        {
            foreach (var values in new object?[][] { [], [null, null] })
            {
                var profile = await ProfileRun.OfAsync(("x", type, values));
                var column = profile["x"];
                Assert.Equal((values.Length, values.Length), (column.Rows, column.Nulls));
                Assert.Equal((null, null, null), (column.Min, column.Max, column.FirstRow));
                Assert.Empty(column.TopValues());
                Assert.Null(column.Numbers?.Mean);
                Assert.Null(column.Times?.Span);
                Assert.False(column.IsConstant);
                Assert.Equal(values.Length, profile.RowsOfNulls);
                Assert.NotEmpty(profile.ToString());
                Assert.Equal(profile.ToJson(), Profile.Parse(profile.ToJson()).ToJson());
            }
        }
    }

    [Fact]
    public async Task Lists_have_lengths()
    {
        var builder = new ListArray.Builder(Int64Type.Default);
        builder.Append();
        ((Int64Array.Builder)builder.ValueBuilder).Append(1).Append(2);
        builder.Append();
        builder.AppendNull();
        var list = builder.Build();
        var batch = new RecordBatch(new Schema([new Field("x", list.Data.DataType, true)], null), [list], 3);
        var profile = await ProfileRun.OfAsync(batch);
        Assert.Equal(new LengthProfile(0, 2, 1, Math.Sqrt(2), 1), profile["x"].Lists);
        Assert.Equal(1, profile["x"].Nulls);
        Assert.Null(profile.DuplicateRows);
    }

    [Fact]
    public async Task Order_is_told()
    {
        Assert.Equal(ColumnOrder.Increasing, (await ProfileRun.ColumnAsync(Int64Type.Default, 1, 1, null, 2)).Order);
        Assert.Equal(ColumnOrder.StrictlyDecreasing, (await ProfileRun.ColumnAsync(DoubleType.Default, 3.0, 1.0, -2.0)).Order);
        Assert.Equal(ColumnOrder.Decreasing, (await ProfileRun.ColumnAsync(DoubleType.Default, 3.0, 3.0, -2.0)).Order);
        Assert.Equal(ColumnOrder.None, (await ProfileRun.ColumnAsync(Int64Type.Default, 1, 2, 1)).Order);
        Assert.Equal(ColumnOrder.None, (await ProfileRun.ColumnAsync(Int64Type.Default, 1, 1)).Order);
    }

    [Fact]
    public async Task Beyond_what_is_counted_exactly_bounds_hold()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 40_000).Select(i => (object?)(long)(i % 4 == 0 ? 7 : random.Next())).ToArray();
        var column = await ProfileRun.ColumnAsync(Int64Type.Default, values);
        Assert.False(column.IsDistinctExact);
        Assert.Null(column.Unique);
        var distinct = values.Distinct().Count();
        Assert.InRange(column.Distinct!.Value, distinct * 0.96, distinct * 1.04);
        var top = column.TopValues(1)[0];
        Assert.Equal("7", top.Value);
        Assert.InRange(top.Count, 10_000 - top.Error, 10_000);
        Assert.InRange(top.Error, 1, 40_000 / 1024);
        Close.To(values.Average(v => (double)(long)v!), column.Numbers!.Mean);
        Assert.InRange(column.Numbers.Rank(7)!.Value, 0.24, 0.26);
    }

    [Fact]
    public async Task What_the_order_of_a_column_says_is_exact()
    {
        var random = new Random(3);
        var profile = await ProfileRun.OfAsync(
            ("id", Int64Type.Default, [.. Enumerable.Range(0, 30_000).Select(i => (object?)(3L * i))]),
            ("x", Int64Type.Default, [.. Enumerable.Range(0, 30_000).Select(_ => (object?)random.NextInt64())]));

        Assert.Equal((0L, true), (profile.DuplicateRows, profile.AreDuplicatesExact));
        Assert.Contains("\n  0 null (0%), 30000 distinct\n", profile.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  0 null (0%), about ", profile.ToString(), StringComparison.Ordinal);
        Assert.Contains("; 0 copies;", profile.ToString(), StringComparison.Ordinal);
        Assert.Contains("Every value of 'id' is there once.", profile.ToString(), StringComparison.Ordinal);
        Assert.Contains(RuleSuggestions.From(profile).All, s => s.CSharp == ".Unique(\"id\")" && s.Evidence == "30000 distinct among 30000");
        var back = Profile.Parse(profile.ToJson());
        Assert.Equal((0L, true), (back.DuplicateRows, back.AreDuplicatesExact));

        // The same rows again are copies, and their number is no longer known from the order.
        var twice = profile.Merge(profile);
        Assert.False(twice.AreDuplicatesExact);
        Assert.InRange(twice.DuplicateRows!.Value, 28_000, 32_000);
    }

    [Fact]
    public async Task A_count_that_is_a_lower_bound_is_told_as_one()
    {
        var random = new Random(2);
        var profile = await ProfileRun.OfAsync(("x", Int64Type.Default, [.. Enumerable.Range(0, 40_000).Select(i => (object?)(long)(i % 4 == 0 ? 7 : random.Next()))]));
        Assert.Contains("most frequent: 7 (at least ", profile.ToString(), StringComparison.Ordinal);
        Assert.Contains(">at least ", (new DataEngineX.Quality.Reports.QualityReport("x", (IReadOnlyList<Verdict>)[]) with { Profile = profile }).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("most frequent: 7 (2), ", (await ProfileRun.OfAsync(("x", Int64Type.Default, [7L, 7L, 8L]))).ToString(), StringComparison.Ordinal);
    }
}
