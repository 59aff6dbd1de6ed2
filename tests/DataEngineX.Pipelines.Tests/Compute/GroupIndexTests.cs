using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class GroupIndexTests
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Keys_of_one_column_are_numbered_by_first_appearance(string kind) =>
        Kinds.Column(kind).Array[1, 4].Sample(batches => Check([Kinds.Type(kind)], [.. batches.Select(b => new[] { b })]), iter: 80);

    [Fact]
    public void Keys_of_several_columns_are_numbered_by_first_appearance() =>
        Gen.Select(Kinds.Column("utf8", 200), Kinds.Column("double", 200), Kinds.Column("bool", 200)).Array[1, 3].Sample(batches =>
            Check(
                [StringType.Default, DoubleType.Default, BooleanType.Default],
                [.. batches.Select(b =>
                {
                    int length = Math.Min(b.Item1.Rows.Length, Math.Min(b.Item2.Rows.Length, b.Item3.Rows.Length));
                    return new[] { Cut(b.Item1, length), Cut(b.Item2, length), Cut(b.Item3, length) };
                })]), iter: 100);

    /// <summary>Narrow columns share a word: the one that is written first sets it, and must not be any other than the widest.</summary>
    [Fact]
    public void Columns_of_every_width_are_told_apart_in_any_order()
    {
        IArrowType[] types = [BooleanType.Default, Int8Type.Default, Int16Type.Default, Int32Type.Default];
        object[][] values = [[true, false], [(sbyte)1, (sbyte)-2], [(short)3, (short)-4], [5, -6]];
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            int[] order = [.. Enumerable.Range(0, 8).Select(i => i % 4).OrderBy(_ => random.Next()).Take(random.Next(2, 6))];
            (object?[] Rows, int Pad)[] Batch() =>
                [.. order.Select(c => (Enumerable.Range(0, 40).Select(_ => random.Next(9) == 0 ? null : values[c][random.Next(2)]).ToArray(), random.Next(3)))];
            Check([.. order.Select(c => types[c])], [Batch(), Batch()]);
        }
    }

    [Fact]
    public void Find_gives_the_number_or_minus_one_and_adds_nothing()
    {
        var allocator = new CountingAllocator();
        using (var index = new GroupIndex([StringType.Default], allocator))
        {
            using IArrowArray known = Rows.Build(StringType.Default, ["a", null, "b"]);
            using IArrowArray asked = Rows.Build(StringType.Default, ["b", "c", null, "a", ""], pad: 9);
            var ids = new int[3];
            index.Map([known], ids);
            var found = new int[5];
            index.Find([asked], found);
            Assert.Equal([0, 1, 2], ids);
            Assert.Equal([2, -1, 1, 0, -1], found);
            Assert.Equal(3, index.Count);
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Many_keys_survive_the_growth_of_the_table()
    {
        var allocator = new CountingAllocator();
        var values = new long[200_000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReverseEndianness((long)(i % 150_000));
        }

        using (var index = new GroupIndex([Int64Type.Default], allocator))
        using (Int64Array column = new Int64Array.Builder().AppendRange(values).Build())
        {
            var ids = new int[values.Length];
            index.Map([column], ids);
            Assert.Equal(150_000, index.Count);
            Assert.Equal(Enumerable.Range(0, values.Length).Select(i => i % 150_000), ids);
            IArrowArray[] keys = index.BuildKeys(allocator);
            Assert.Equal(values[..150_000], ((Int64Array)keys[0]).Values.ToArray());
            keys[0].Dispose();
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Long_texts_whose_hashes_meet_are_told_apart()
    {
        // A first block of eight bytes that cancels the seed makes the product of the first two blocks zero, whatever the second block is.
        const int length = 30;
        const ulong odd = 0xD6E8FEB86659FD93;
        const ulong seed = 0x2545F4914F6CDD1D;
        string[] texts = [.. Enumerable.Range(0, 5).Select(i =>
        {
            var bytes = new byte[length];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, unchecked(length * odd) ^ seed);
            bytes[9] = (byte)i;
            return Convert.ToHexString(bytes);
        })];
        var hashes = new ulong[5];
        using IArrowArray column = Rows.Build(BinaryType.Default, [.. texts, .. texts]);
        using (IArrowArray once = Rows.Build(BinaryType.Default, [.. texts]))
        {
            RowHasher.Hash([once], hashes);
        }

        Assert.Single(hashes.Distinct());
        var allocator = new CountingAllocator();
        using (var index = new GroupIndex([BinaryType.Default], allocator))
        {
            var ids = new int[10];
            index.Map([column], ids);
            Assert.Equal([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], ids);
            var found = new int[10];
            index.Find([column], found);
            Assert.Equal(ids, found);
            IArrowArray[] keys = index.BuildKeys(allocator);
            KernelTest.Equal([.. texts], Rows.Read(keys[0]));
            keys[0].Dispose();
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Dictionary_keys_meet_plain_ones_and_no_columns_make_one_key()
    {
        var allocator = new CountingAllocator();
        using (var index = new GroupIndex([StringType.Default], allocator))
        using (var whole = new GroupIndex([], allocator))
        {
            using IArrowArray encoded = Nested.Dictionary(["x", "y"], [1, null, 0]);
            using IArrowArray plain = Rows.Build(StringType.Default, ["x", "y"]);
            var ids = new int[3];
            index.Map([encoded], ids);
            var more = new int[2];
            index.Map([plain], more);
            Assert.Equal([0, 1, 2], ids);
            Assert.Equal([2, 0], more);
            whole.Map([], ids);
            Assert.Equal([0, 0, 0], ids);
            Assert.Equal(1, whole.Count);
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Equal_rows_hash_equally_wherever_they_lie(string kind) =>
        Gen.Select(Kinds.Column(kind), Gen.Int[0, 70]).Sample(t =>
        {
            using IArrowArray one = Rows.Build(Kinds.Type(kind), t.Item1.Rows, t.Item1.Pad);
            using IArrowArray other = Rows.Build(Kinds.Type(kind), t.Item1.Rows, t.Item2);
            var left = new ulong[one.Length];
            var right = new ulong[one.Length];
            RowHasher.Hash([one, other], left);
            RowHasher.Hash([other, one], right);
            Assert.Equal(left, right);
            Assert.Equal(t.Item1.Rows.Distinct(SameKey.Comparer).Count(), left.Distinct().Count());
        }, iter: 60);

    [Fact]
    public void A_column_of_another_type_or_a_list_is_refused()
    {
        var allocator = new CountingAllocator();
        Assert.Throws<NotSupportedException>(() => new GroupIndex([Int32Type.Default, new ListType(Int32Type.Default)], allocator));
        using (var index = new GroupIndex([Int32Type.Default], allocator))
        using (IArrowArray longs = Rows.Build(Int64Type.Default, [1L]))
        {
            Assert.Throws<ArgumentException>(() => index.Map([longs], new int[1]));
            Assert.Throws<ArgumentException>(() => index.Map([], new int[1]));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    private static (object?[] Rows, int Pad) Cut((object?[] Rows, int Pad) column, int length) => (column.Rows[..length], column.Pad);

    private static void Check(IArrowType[] types, (object?[] Rows, int Pad)[][] batches)
    {
        var allocator = new CountingAllocator();
        var known = new Dictionary<object?[], int>(SameKey.RowComparer);
        var order = new List<object?[]>();
        using (var index = new GroupIndex(types, allocator))
        {
            foreach ((object?[] Rows, int Pad)[] batch in batches)
            {
                IArrowArray[] columns = [.. batch.Select((c, i) => Rows.Build(types[i], c.Rows, c.Pad))];
                int length = batch[0].Rows.Length;
                var expected = new int[length];
                for (int r = 0; r < length; r++)
                {
                    object?[] key = [.. batch.Select(c => c.Rows[r])];
                    if (!known.TryGetValue(key, out expected[r]))
                    {
                        expected[r] = known[key] = order.Count;
                        order.Add(key);
                    }
                }

                var found = new int[length];
                var ids = new int[length];
                index.Map(columns, ids);
                index.Find(columns, found);
                Assert.Equal(expected, ids);
                Assert.Equal(expected, found);
            }

            Assert.Equal(order.Count, index.Count);
            IArrowArray[] keys = index.BuildKeys(allocator);
            for (int c = 0; c < keys.Length; c++)
            {
                KernelTest.Equal([.. order.Select(k => k[c])], Rows.Read(keys[c]));
                keys[c].Dispose();
            }
        }

        Assert.Equal(0, allocator.LiveBytes);
    }
}
