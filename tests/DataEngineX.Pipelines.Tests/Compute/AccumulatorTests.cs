using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class AccumulatorTests
{
    private static readonly AggregateKind[] ForAll =
    [
        AggregateKind.CountAll, AggregateKind.Count, AggregateKind.CountDistinct,
        AggregateKind.Min, AggregateKind.Max, AggregateKind.First, AggregateKind.Last,
    ];

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Counts_and_picks_agree_with_a_per_group_oracle(string kind) =>
        Gen.Select(Kinds.Column(kind), Gen.Int[0, 6].Array[450]).Array[1, 3].Sample(batches =>
        {
            foreach (AggregateKind aggregate in ForAll)
            {
                if (kind == "null" && aggregate is not (AggregateKind.CountAll or AggregateKind.Count or AggregateKind.CountDistinct))
                {
                    continue;
                }

                (object?[] actual, List<object?>[] groups) = Run(aggregate, Kinds.Type(kind), batches);
                KernelTest.Equal([.. groups.Select(g => Oracle(aggregate, g))], actual);
            }
        }, iter: 40);

    [Theory]
    [MemberData(nameof(Kinds.AllNumbers), MemberType = typeof(Kinds))]
    public void Sums_and_moments_agree_with_a_per_group_oracle(string kind)
    {
        bool integer = Kinds.Integers.Contains(kind);
        Gen<object?[]> rows = Gen.Frequency((1, Gen.Const((object?)null)), (4, Small(kind)!)).Array[0, 120]!;
        Gen.Select(Gen.Select(rows, Gen.Int[0, 70]), Gen.Int[0, 6].Array[450]).Array[1, 3].Sample(batches =>
        {
            foreach (AggregateKind aggregate in new[] { AggregateKind.Sum, AggregateKind.Mean, AggregateKind.Variance, AggregateKind.StandardDeviation })
            {
                (object?[] actual, List<object?>[] groups) = Run(aggregate, Kinds.Type(kind), batches);
                for (int g = 0; g < groups.Length; g++)
                {
                    double[] values = [.. groups[g].Where(v => v is not null).Select(v => ToDouble(v!))];
                    int needed = aggregate is AggregateKind.Sum or AggregateKind.Mean ? 1 : 2;
                    if (values.Length < needed)
                    {
                        Assert.Null(actual[g]);
                        continue;
                    }

                    double mean = values.Average();
                    double variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
                    double expected = aggregate switch
                    {
                        AggregateKind.Sum => values.Sum(),
                        AggregateKind.Mean => mean,
                        AggregateKind.Variance => variance,
                        _ => Math.Sqrt(variance),
                    };
                    Assert.Equal(expected, Convert.ToDouble(actual[g], CultureInfo.InvariantCulture), 1e-9 * (1 + Math.Abs(expected)));
                    if (aggregate == AggregateKind.Sum)
                    {
                        Assert.IsType(!integer ? typeof(double) : kind.StartsWith('u') ? typeof(ulong) : typeof(long), actual[g]);
                    }
                }
            }
        }, iter: 40);
    }

    [Fact]
    public void An_integer_sum_may_pass_the_range_on_the_way_but_must_end_in_it()
    {
        Assert.Equal(long.MaxValue - 1, Sum([long.MaxValue, 1L, -2L])[0]);
        Assert.Contains("group 0", Assert.Throws<OverflowException>(() => Sum([long.MaxValue, 1L])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(3_000)]
    [InlineData(200_000)]
    public void Distinct_values_are_estimated_within_four_standard_errors(int distinct)
    {
        var allocator = new CountingAllocator();
        using (var accumulator = GroupedAccumulator.Create(AggregateKind.ApproximateCountDistinct, Int64Type.Default, allocator))
        {
            long[] values = [.. Enumerable.Range(0, distinct).Select(i => i * 7919L), .. Enumerable.Range(0, distinct).Select(i => i * 7919L)];
            using Int64Array column = new Int64Array.Builder().AppendRange(values).Build();
            accumulator.Update(column, new int[values.Length], 1);
            using IArrowArray result = accumulator.Finish(2, allocator);
            Assert.InRange((long)Rows.Read(result)[0]!, distinct * 0.908 - 1, distinct * 1.092 + 1);
            Assert.Equal(0L, Rows.Read(result)[1]);
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Decimal_sums_keep_their_scale_and_must_fit_38_digits()
    {
        var type = new Decimal128Type(38, 2);
        var allocator = new CountingAllocator();
        Int128 large = Int128.Parse("90000000000000000000000000000000000000", CultureInfo.InvariantCulture);
        using (var accumulator = GroupedAccumulator.Create(AggregateKind.Sum, type, allocator))
        using (var mean = GroupedAccumulator.Create(AggregateKind.Mean, type, allocator))
        using (IArrowArray column = Rows.Build(type, [large, -large, (Int128)150, null, (Int128)250]))
        {
            accumulator.Update(column, new int[5], 1);
            mean.Update(column, [0, 0, 1, 1, 1], 2);
            using IArrowArray sum = accumulator.Finish(1, allocator);
            using IArrowArray means = mean.Finish(2, allocator);
            Assert.Equal(2, ((Decimal128Type)sum.Data.DataType).Scale);
            KernelTest.Equal([(Int128)400], Rows.Read(sum));
            Assert.Equal(2.0, (double)Rows.Read(means)[1]!, 12);
            accumulator.Update(column, [0, 1, 1, 1, 1], 2);
            using IArrowArray two = Rows.Build(type, [large]);
            accumulator.Update(two, [0], 2);
            Assert.Contains("decimal128", Assert.Throws<OverflowException>(() => accumulator.Finish(2, allocator)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        var allocator = new CountingAllocator();
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupedAccumulator.Create(AggregateKind.Quantile, DoubleType.Default, allocator, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupedAccumulator.Create(AggregateKind.Largest, DoubleType.Default, allocator, 0));
        Assert.Throws<NotSupportedException>(() => GroupedAccumulator.Create(AggregateKind.Any, Int32Type.Default, allocator));
        Assert.Throws<ArgumentNullException>(() => GroupedAccumulator.Create(AggregateKind.Correlation, DoubleType.Default, allocator));
    }

    [Fact]
    public void Variance_keeps_its_digits_far_from_zero()
    {
        using IArrowArray values = Rows.Build(DoubleType.Default, [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
        var allocator = new CountingAllocator();
        using (var accumulator = GroupedAccumulator.Create(AggregateKind.Variance, DoubleType.Default, allocator))
        {
            accumulator.Update(values, new int[4], 1);
            Assert.Equal(30.0, (double)Rows.Read(accumulator.Finish(1, allocator))[0]!, 1e-6);
        }
    }

    [Fact]
    public void Texts_replaced_often_do_not_pile_up()
    {
        var allocator = new CountingAllocator();
        using (var accumulator = GroupedAccumulator.Create(AggregateKind.Last, StringType.Default, allocator))
        {
            string last = "";
            for (int i = 1; i <= 3000; i++)
            {
                last = new string((char)('a' + (i % 26)), i);
                using IArrowArray one = Rows.Build(StringType.Default, [last, "other"]);
                accumulator.Update(one, [0, 1], 2);
            }

            Assert.InRange(allocator.LiveBytes, 1, 400_000);
            using IArrowArray result = accumulator.Finish(3, allocator);
            KernelTest.Equal([last, "other", null], Rows.Read(result));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Dictionary_columns_count_as_their_values_and_wrong_types_are_refused()
    {
        var allocator = new CountingAllocator();
        using IArrowArray encoded = Nested.Dictionary(["x", "y"], [1, null, 0]);
        using (var accumulator = GroupedAccumulator.Create(AggregateKind.Min, encoded.Data.DataType, allocator))
        {
            accumulator.Update(encoded, [0, 0, 0], 1);
            using IArrowArray result = accumulator.Finish(1, allocator);
            KernelTest.Equal(["x"], Rows.Read(result));
        }

        Assert.Equal(0, allocator.LiveBytes);
        Assert.Throws<NotSupportedException>(() => GroupedAccumulator.Create(AggregateKind.Sum, StringType.Default, allocator));
        Assert.Throws<NotSupportedException>(() => GroupedAccumulator.OutputType(AggregateKind.Mean, Date32Type.Default));
    }

    private static object?[] Sum(object?[] rows)
    {
        var allocator = new CountingAllocator();
        using IArrowArray values = Rows.Build(Int64Type.Default, rows);
        using var accumulator = GroupedAccumulator.Create(AggregateKind.Sum, Int64Type.Default, allocator);
        accumulator.Update(values, new int[rows.Length], 1);
        using IArrowArray result = accumulator.Finish(1, allocator);
        return Rows.Read(result);
    }

    private static (object?[] Actual, List<object?>[] Groups) Run(
        AggregateKind kind, IArrowType type, ((object?[] Rows, int Pad) Column, int[] Ids)[] batches)
    {
        const int groupCount = 8;
        List<object?>[] groups = [.. Enumerable.Range(0, groupCount).Select(_ => new List<object?>())];
        var allocator = new CountingAllocator();
        object?[] actual;
        using (var accumulator = GroupedAccumulator.Create(kind, type, allocator))
        {
            foreach (((object?[] rows, int pad), int[] ids) in batches)
            {
                using IArrowArray column = Rows.Build(type, rows, pad);
                accumulator.Update(kind == AggregateKind.CountAll ? null : column, ids.AsSpan(0, rows.Length), 7);
                for (int i = 0; i < rows.Length; i++)
                {
                    groups[ids[i]].Add(rows[i]);
                }
            }

            using IArrowArray result = accumulator.Finish(groupCount, allocator);
            Assert.Equal(GroupedAccumulator.OutputType(kind, type).TypeId, result.Data.DataType.TypeId);
            actual = Rows.Read(result);
        }

        Assert.Equal(0, allocator.LiveBytes);
        return (actual, groups);
    }

    private static object? Oracle(AggregateKind kind, List<object?> group)
    {
        List<object> values = [.. group.OfType<object>()];
        return kind switch
        {
            AggregateKind.CountAll => (long)group.Count,
            AggregateKind.Count => (long)values.Count,
            AggregateKind.CountDistinct => (long)values.Distinct(SameKey.Comparer).Count(),
            _ when values.Count == 0 => null,
            AggregateKind.First => values[0],
            AggregateKind.Last => values[^1],
            AggregateKind.Min => values.Aggregate((a, b) => Order.Compare(b, a) < 0 ? b : a),
            _ => values.Aggregate((a, b) => Order.Compare(b, a) > 0 ? b : a),
        };
    }

    private static Gen<object> Small(string kind) => Kinds.Value(kind).Where(v => v switch
    {
        long l => Math.Abs(l / 2) < 1L << 40,
        ulong u => u < 1UL << 40,
        double d => double.IsFinite(d) && Math.Abs(d) < 1e6,
        float f => float.IsFinite(f) && Math.Abs(f) < 1e6,
        Half h => Half.IsFinite(h),
        _ => true,
    });

    private static double ToDouble(object value) => value is Half h ? (double)h : Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
