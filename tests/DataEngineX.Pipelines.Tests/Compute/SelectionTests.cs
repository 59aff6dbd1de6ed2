using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class SelectionTests
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Filter_keeps_the_rows_whose_mask_is_true(string kind) =>
        Gen.Select(Kinds.Column(kind), Kinds.Column("bool", 300)).Sample(t =>
        {
            int length = Math.Min(t.Item1.Rows.Length, t.Item2.Rows.Length);
            object?[] rows = t.Item1.Rows[..length];
            object?[] mask = t.Item2.Rows[..length];
            using IArrowArray column = Rows.Build(Kinds.Type(kind), rows, t.Item1.Pad);
            using var maskArray = (BooleanArray)Rows.Build(BooleanType.Default, mask, t.Item2.Pad);
            object?[] actual = KernelTest.Run(a => Selection.Filter(column, maskArray, a));
            KernelTest.Equal([.. rows.Where((_, i) => mask[i] is true)], actual);
            Assert.Equal(mask.Count(m => m is true), Selection.CountTrue(maskArray));
        }, iter: 200);

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Take_collects_rows_and_gives_null_for_minus_one(string kind) =>
        Gen.Select(Kinds.Column(kind), Gen.Int[-1, 1000].Array[0, 200]).Sample(t =>
        {
            object?[] rows = t.Item1.Rows;
            int[] indices = [.. t.Item2.Select(i => rows.Length == 0 ? -1 : i < 0 ? -1 : i % rows.Length)];
            using IArrowArray column = Rows.Build(Kinds.Type(kind), rows, t.Item1.Pad);
            object?[] actual = KernelTest.Run(a => Selection.Take(column, indices, a));
            KernelTest.Equal([.. indices.Select(i => i < 0 ? null : rows[i])], actual);
        }, iter: 200);

    [Fact]
    public void Filter_with_an_all_true_mask_shares_the_input()
    {
        var allocator = new CountingAllocator();
        using IArrowArray column = Rows.Build(Int32Type.Default, [1, 2, null], pad: 3);
        using BooleanArray mask = new BooleanArray.Builder().Append(true).Append(true).Append(true).Build();
        using IArrowArray kept = Selection.Filter(column, mask, allocator);
        Assert.Equal(0, allocator.LiveBytes);
        KernelTest.Equal([1, 2, null], Rows.Read(kept));
    }

    [Fact]
    public void A_batch_is_filtered_and_collected_column_by_column()
    {
        var allocator = new CountingAllocator();
        Schema schema = new Schema.Builder().Field(new Field("id", Int32Type.Default, true)).Field(new Field("name", StringType.Default, true)).Build();
        using var batch = new RecordBatch(schema, [Rows.Build(Int32Type.Default, [1, 2, 3]), Rows.Build(StringType.Default, ["a", null, "c"])], 3);
        using BooleanArray mask = new BooleanArray.Builder().Append(true).AppendNull().Append(true).Build();
        using (RecordBatch kept = Selection.Filter(batch, mask, allocator))
        using (RecordBatch taken = Selection.Take(batch, [2, -1, 0], allocator))
        {
            KernelTest.Equal([1, 3], Rows.Read(kept.Column(0)));
            KernelTest.Equal(["a", "c"], Rows.Read(kept.Column(1)));
            KernelTest.Equal([3, null, 1], Rows.Read(taken.Column(0)));
            KernelTest.Equal(["c", null, "a"], Rows.Read(taken.Column(1)));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Lists_and_structs_are_collected_with_their_children()
    {
        var allocator = new CountingAllocator();
        using var lists = Nested.Lists([[1, 2], null, [], [3]]);
        using var structs = Nested.Structs([(1, "a"), (2, null), (3, "c")]);
        using Apache.Arrow.Array sliced = structs.SliceShared(1, 2);
        using (IArrowArray taken = Selection.Take(lists, [3, 0, -1, 1, 0], allocator))
        using (IArrowArray fields = Selection.Take(sliced, [1, -1, 0], allocator))
        {
            Assert.Equal("[3] [1,2] null null [1,2]", Nested.Show((ListArray)taken));
            KernelTest.Equal([3, null, 2], Rows.Read(((StructArray)fields).Fields[0]));
            KernelTest.Equal(["c", null, null], Rows.Read(((StructArray)fields).Fields[1]));
            Assert.True(fields.IsNull(1));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Dictionary_columns_keep_their_dictionary_and_can_be_decoded()
    {
        using IArrowArray column = Nested.Dictionary(["x", "y"], [1, null, 0, 1]);
        KernelTest.Equal(["y", null, "x", "y"], KernelTest.Run(a => Dictionaries.Decode(column, a)));
        var allocator = new CountingAllocator();
        using (IArrowArray taken = Selection.Take(column, [3, 2, -1], allocator))
        {
            Assert.IsType<DictionaryArray>(taken);
            KernelTest.Equal(["y", "x", null], KernelTest.Run(a => Dictionaries.Decode(taken, a)));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void A_mask_of_another_length_is_refused()
    {
        using IArrowArray column = Rows.Build(Int32Type.Default, [1, 2]);
        using BooleanArray mask = new BooleanArray.Builder().Append(true).Build();
        Assert.Contains("2 and 1 rows", KernelTest.Throws<ArgumentException>(a => Selection.Filter(column, mask, a)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_beyond_the_column_is_refused_without_a_leak()
    {
        using IArrowArray column = Rows.Build(Int32Type.Default, [1, 2]);
        KernelTest.Throws<ArgumentOutOfRangeException>(a => Selection.Take(column, [0, 2], a));
    }
}
