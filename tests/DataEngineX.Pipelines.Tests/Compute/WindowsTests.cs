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
        Assert.Equal(expected, StartsOf(key));
    }, iter: 80);

    [Fact]
    public void Indices_of_equal_values_are_one_partition()
    {
        using var values = (StringArray)Rows.Build(StringType.Default, ["a", "a", "b", null]);
        using var indices = (Int32Array)Rows.Build(Int32Type.Default, [0, 1, 2, 2, null, 3]);
        using var key = new DictionaryArray(new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), indices, values);
        Assert.Equal([true, false, true, false, true, false], StartsOf(key));
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

    [Fact]
    public void Rows_are_numbered_in_their_partition() => Starts.Sample(starts =>
    {
        int[] partitions = Partitions(starts);
        KernelTest.Equal(
            [.. starts.Select((_, i) => (object)Enumerable.Range(0, i + 1).LongCount(j => partitions[j] == partitions[i]))],
            KernelTest.Run(a => Windows.RowNumber(starts, a)));
    }, iter: 80);

    private static bool[] StartsOf(IArrowArray key)
    {
        var starts = new bool[key.Length];
        Windows.PartitionStarts([key], starts);
        return starts;
    }

    private static Gen<bool[]> Starts => Gen.Frequency((1, Gen.Const(true)), (9, Gen.Const(false))).Array[300];

    private static int[] Partitions(bool[] starts)
    {
        int partition = 0;
        return [.. starts.Select(s => s ? ++partition : partition)];
    }
}
