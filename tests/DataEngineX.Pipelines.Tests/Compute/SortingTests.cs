using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class SortingTests
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void One_key_sorts_stably_in_both_directions_with_nulls_at_either_end(string kind) =>
        Gen.Select(Kinds.Column(kind, 300), Gen.Bool, Gen.Bool).Sample((column, descending, nullsFirst) =>
        {
            using IArrowArray array = Rows.Build(Kinds.Type(kind), column.Rows, column.Pad);
            int[] actual = Sorting.Argsort([new SortKey(array, descending, nullsFirst)]);
            Assert.Equal(Expected(column.Rows.Length, [(column.Rows, descending, nullsFirst)]), actual);
        }, iter: 120);

    [Fact]
    public void Several_keys_sort_from_the_most_significant_on() =>
        Gen.Select(Kinds.Column("utf8", 300), Kinds.Column("int64", 300), Kinds.Column("double", 300), Gen.Bool).Sample((a, b, c, descending) =>
        {
            int length = Math.Min(a.Rows.Length, Math.Min(b.Rows.Length, c.Rows.Length));
            using IArrowArray first = Rows.Build(StringType.Default, a.Rows[..length], a.Pad);
            using IArrowArray second = Rows.Build(Int64Type.Default, b.Rows[..length], b.Pad);
            using IArrowArray third = Rows.Build(DoubleType.Default, c.Rows[..length], c.Pad);
            int[] actual = Sorting.Argsort([new SortKey(first, descending), new SortKey(second, !descending, true), new SortKey(third)]);
            Assert.Equal(
                Expected(length, [(a.Rows, descending, false), (b.Rows, !descending, true), (c.Rows, false, false)]),
                actual);
        }, iter: 150);

    /// <summary>Values that no row has make the encoding of a dictionary miss the end of its texts, and encoding the rows again gets no further.</summary>
    [Fact]
    public void Many_rows_of_one_long_text_of_a_dictionary_keep_their_order()
    {
        using var values = (StringArray)Rows.Build(StringType.Default, ["b, and then more than is encoded at once", "a, and then more than is encoded at once"]);
        using var indices = (Int32Array)Rows.Build(Int32Type.Default, [.. Enumerable.Repeat<object?>(0, 500)]);
        using var column = new DictionaryArray(new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), indices, values);
        Assert.Equal([.. Enumerable.Range(0, 500)], Sorting.Argsort([new SortKey(column)]));
    }

    /// <summary>A beginning longer than what is looked at for one leaves rows alike, however often they are encoded.</summary>
    [Fact]
    public void Many_texts_with_a_very_long_common_beginning_are_told_apart_at_their_end()
    {
        object?[] rows = [.. Enumerable.Range(0, 120).Select(i => (object?)(new string('x', 5000) + (i % 7)))];
        using IArrowArray array = Rows.Build(StringType.Default, rows);
        Assert.Equal(Expected(rows.Length, [(rows, false, false)]), Sorting.Argsort([new SortKey(array)]));
    }

    [Fact]
    public void Long_texts_with_one_beginning_are_told_apart_beyond_it() =>
        Gen.Int[0, 500].Array[0, 400].Sample(numbers =>
        {
            object?[] rows = [.. numbers.Select(n => (object?)$"the same beginning {n}")];
            using IArrowArray array = Rows.Build(StringType.Default, rows);
            Assert.Equal(Expected(rows.Length, [(rows, true, false)]), Sorting.Argsort([new SortKey(array, Descending: true)]));
        }, iter: 60);

    [Fact]
    public void No_key_and_lists_are_refused()
    {
        using ListArray lists = Nested.Lists([[1], [2]]);
        Assert.Throws<ArgumentException>(() => Sorting.Argsort([]));
        Assert.Throws<NotSupportedException>(() => Sorting.Argsort([new SortKey(lists)]));
    }

    private static int[] Expected(int length, (object?[] Rows, bool Descending, bool NullsFirst)[] keys)
    {
        IOrderedEnumerable<int> order = Enumerable.Range(0, length).OrderBy(_ => 0);
        foreach ((object?[] rows, bool descending, bool nullsFirst) in keys)
        {
            order = order.ThenBy(i => i, Comparer<int>.Create((i, j) => (rows[i], rows[j]) switch
            {
                (null, null) => 0,
                (null, _) => nullsFirst ? -1 : 1,
                (_, null) => nullsFirst ? 1 : -1,
                ({ } l, { } r) => descending ? Order.Compare(r, l) : Order.Compare(l, r),
            }));
        }

        return [.. order];
    }
}
