using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class WindowsTests
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Partitions_begin_where_a_key_changes(string kind) => Kinds.Column(kind).Sample(t =>
    {
        using IArrowArray key = Rows.Build(Kinds.Type(kind), t.Rows, t.Pad);
        bool[] expected = [.. t.Rows.Select((r, i) => i == 0 || !SameKey.Comparer.Equals(r, t.Rows[i - 1]))];
        Assert.Equal(expected, Windows.PartitionStarts([key], t.Rows.Length));
    }, iter: 80);

    [Fact]
    public void Indices_of_equal_values_are_one_partition()
    {
        using var values = (StringArray)Rows.Build(StringType.Default, ["a", "a", "b", null]);
        using var indices = (Int32Array)Rows.Build(Int32Type.Default, [0, 1, 2, 2, null, 3]);
        using var key = new DictionaryArray(new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), indices, values);
        Assert.Equal([true, false, true, false, true, false], Windows.PartitionStarts([key], 6));
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Lag_looks_back_within_the_partition(string kind) =>
        Gen.Select(Kinds.Column(kind), Starts, Gen.Int[-4, 4]).Sample((column, marks, n) =>
        {
            bool[] starts = marks[..column.Rows.Length];
            int[] partitions = Partitions(starts);
            using IArrowArray array = Rows.Build(Kinds.Type(kind), column.Rows, column.Pad);
            object?[] expected = [.. column.Rows.Select((_, i) =>
                i - n >= 0 && i - n < starts.Length && partitions[i - n] == partitions[i] ? column.Rows[i - n] : null)];
            KernelTest.Equal(expected, KernelTest.Run(a => Windows.Lag(array, starts, n, a)));
        }, iter: 80);

    [Theory]
    [InlineData("int32")]
    [InlineData("uint64")]
    [InlineData("double")]
    [InlineData("float")]
    public void Rolling_aggregates_agree_with_recomputing_every_window(string kind) =>
        Gen.Select(Kinds.Column(kind), Starts, Gen.Int[1, 40], Gen.Int[1, 4]).Sample((column, marks, size, minPeriods) =>
        {
            object?[] rows = [.. column.Rows.Select(Tame)];
            bool[] starts = marks[..rows.Length];
            int[] partitions = Partitions(starts);
            using IArrowArray array = Rows.Build(Kinds.Type(kind), rows, column.Pad);
            List<object>[] windows = [.. rows.Select((_, i) => Enumerable.Range(Math.Max(0, i - size + 1), Math.Min(size, i + 1))
                .Where(j => partitions[j] == partitions[i] && rows[j] is not null).Select(j => rows[j]!).ToList())];

            Close(windows, minPeriods, w => w.Sum(ToDouble), KernelTest.Run(a => Windows.RollingSum(array, starts, size, minPeriods, a)));
            Close(windows, minPeriods, w => w.Average(ToDouble), KernelTest.Run(a => Windows.RollingMean(array, starts, size, minPeriods, a)));
            Close(windows, Math.Max(2, minPeriods), Deviation, KernelTest.Run(a => Windows.RollingStd(array, starts, size, minPeriods, a)));
            KernelTest.Equal(
                [.. windows.Select(w => w.Count < minPeriods ? null : w.Aggregate((x, y) => Order.Compare(y, x) < 0 ? y : x))],
                KernelTest.Run(a => Windows.RollingMin(array, starts, size, minPeriods, a)));
            KernelTest.Equal(
                [.. windows.Select(w => w.Count < minPeriods ? null : w.Aggregate((x, y) => Order.Compare(y, x) > 0 ? y : x))],
                KernelTest.Run(a => Windows.RollingMax(array, starts, size, minPeriods, a)));
        }, iter: 100);

    [Fact]
    public void Cumulative_aggregates_run_over_the_partition() =>
        Gen.Select(Kinds.Column("int32"), Starts).Sample((column, marks) =>
        {
            object?[] rows = [.. column.Rows.Select(Tame)];
            bool[] starts = marks[..rows.Length];
            int[] partitions = Partitions(starts);
            using IArrowArray array = Rows.Build(Int32Type.Default, rows, column.Pad);
            List<object>[] windows = [.. rows.Select((_, i) => Enumerable.Range(0, i + 1)
                .Where(j => partitions[j] == partitions[i] && rows[j] is not null).Select(j => rows[j]!).ToList())];
            Close(windows, 1, w => w.Sum(ToDouble), KernelTest.Run(a => Windows.CumulativeSum(array, starts, a)));
            Close(windows, 1, w => w.Average(ToDouble), KernelTest.Run(a => Windows.CumulativeMean(array, starts, a)));
            KernelTest.Equal([.. windows.Select(w => (object)(long)w.Count)], KernelTest.Run(a => Windows.CumulativeCount(array, starts, a)));
            KernelTest.Equal(
                [.. rows.Select((_, i) => (object)Enumerable.Range(0, i + 1).LongCount(j => partitions[j] == partitions[i]))],
                KernelTest.Run(a => Windows.RowNumber(starts, a)));
        }, iter: 80);

    [Fact]
    public void An_infinity_leaves_the_window_with_its_row()
    {
        using IArrowArray array = Rows.Build(DoubleType.Default, [1.0, double.PositiveInfinity, 2.0, 3.0]);
        KernelTest.Equal(
            [1.0, double.PositiveInfinity, double.PositiveInfinity, 5.0],
            KernelTest.Run(a => Windows.RollingSum(array, new bool[4], 2, 1, a)));
    }

    [Fact]
    public void Sizes_below_one_text_and_overflow_are_refused()
    {
        using IArrowArray numbers = Rows.Build(Int64Type.Default, [long.MaxValue, 1L]);
        using IArrowArray text = Rows.Build(StringType.Default, ["a", "b"]);
        KernelTest.Throws<ArgumentOutOfRangeException>(a => Windows.RollingSum(numbers, new bool[2], 0, 1, a));
        KernelTest.Throws<OverflowException>(a => Windows.RollingSum(numbers, new bool[2], 2, 1, a));
        KernelTest.Throws<NotSupportedException>(a => Windows.RollingSum(text, new bool[2], 2, 1, a));
    }

    private static Gen<bool[]> Starts => Gen.Frequency((1, Gen.Const(true)), (9, Gen.Const(false))).Array[300];

    private static int[] Partitions(bool[] starts)
    {
        int partition = 0;
        return [.. starts.Select(s => s ? ++partition : partition)];
    }

    private static object? Tame(object? value) => value switch
    {
        double d when !double.IsFinite(d) || Math.Abs(d) > 1e6 => 7.5,
        float f when !float.IsFinite(f) || Math.Abs(f) > 1e6 => 7.5f,
        ulong u when u > 1UL << 40 => 12UL,
        _ => value,
    };

    private static void Close(List<object>[] windows, int needed, Func<List<object>, double> expected, object?[] actual)
    {
        Assert.Equal(windows.Length, actual.Length);
        for (int i = 0; i < windows.Length; i++)
        {
            if (windows[i].Count < needed)
            {
                Assert.Null(actual[i]);
                continue;
            }

            double wanted = expected(windows[i]);
            Assert.Equal(wanted, ToDouble(actual[i]!), 1e-6 * (1 + Math.Abs(wanted)));
        }
    }

    private static double Deviation(List<object> window)
    {
        double mean = window.Average(ToDouble);
        return Math.Sqrt(window.Sum(v => (ToDouble(v) - mean) * (ToDouble(v) - mean)) / (window.Count - 1));
    }

    private static double ToDouble(object value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
}
