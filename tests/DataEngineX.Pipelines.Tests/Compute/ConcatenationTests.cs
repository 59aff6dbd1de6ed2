using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class ConcatenationTests
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Concat_puts_the_rows_one_after_another(string kind) =>
        Kinds.Column(kind, 90).Array[1, 4].Sample(parts =>
        {
            IArrowArray[] columns = [.. parts.Select(p => Rows.Build(Kinds.Type(kind), p.Rows, p.Pad))];
            object?[] actual = KernelTest.Run(a => Concatenation.Concat(columns, a));
            KernelTest.Equal([.. parts.SelectMany(p => p.Rows)], actual);
        }, iter: 150);

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_constant_or_null_column_of_any_type_repeats_one_value(string kind)
    {
        IArrowType type = Kinds.Type(kind);
        foreach (int length in new[] { 0, 1, 64, 67 })
        {
            KernelTest.Equal(new object?[length], KernelTest.Run(a => Constants.Nulls(type, length, a), out IArrowType made));
            Assert.Equal(type.TypeId, made.TypeId);
        }

        if (kind is not ("null" or "binary" or "decimal"))
        {
            (from value in Kinds.Value(kind) from length in Gen.Int[0, 130] select (value, length)).Sample(t =>
                KernelTest.Equal(
                    [.. Enumerable.Repeat(t.value, t.length)],
                    KernelTest.Run(a => Constants.Create(type, t.value, t.length, a))), iter: 50);
        }
    }

    [Fact]
    public void Literals_of_the_clr_become_physical_values()
    {
        static object? One(IArrowType type, object value) => KernelTest.Run(a => Constants.Create(type, value, 1, a))[0];
        Assert.Equal(19_723, One(Date32Type.Default, new DateOnly(2024, 1, 1)));
        Assert.Equal(1_704_067_200_000_000L, One(new TimestampType(TimeUnit.Microsecond, "UTC"), new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2))));
        Assert.Equal(1_704_067_200L, One(new TimestampType(TimeUnit.Second, (string?)null), new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.Equal((Int128)12_500, One(new Decimal128Type(20, 3), 12.5m));
        Assert.Equal("0A", One(BinaryType.Default, new byte[] { 10 }));
        Assert.Equal(5L, One(Int64Type.Default, 5));
        Assert.Throws<ArgumentException>(() => One(Int64Type.Default, 2.5));
        Assert.Throws<ArgumentException>(() => One(Int8Type.Default, 300));
        Assert.Throws<ArgumentException>(() => One(Int64Type.Default, "5"));
    }

    [Fact]
    public void Nested_and_dictionary_columns_are_joined_with_their_children()
    {
        var allocator = new CountingAllocator();
        using ListArray lists = Nested.Lists([[1, 2], null, [3]]);
        using Apache.Arrow.Array tail = lists.SliceShared(1, 2);
        using StructArray structs = Nested.Structs([(1, "a"), (2, null)]);
        using Apache.Arrow.Array last = structs.SliceShared(1, 1);
        using DictionaryArray first = Nested.Dictionary(["x", "y"], [1, null]);
        using DictionaryArray second = Nested.Dictionary(["z"], [0]);
        using (IArrowArray joined = Concatenation.Concat([tail, lists], allocator))
        using (IArrowArray records = Concatenation.Concat([last, structs], allocator))
        using (IArrowArray encoded = Concatenation.Concat([first, second], allocator))
        {
            Assert.Equal("null [3] [1,2] null [3]", Nested.Show((ListArray)joined));
            KernelTest.Equal([2, 1, 2], Rows.Read(((StructArray)records).Fields[0]));
            KernelTest.Equal([null, "a", null], Rows.Read(((StructArray)records).Fields[1]));
            KernelTest.Equal(["y", null, "z"], KernelTest.Run(a => Dictionaries.Decode(encoded, a)));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Nested_null_columns_hold_no_items()
    {
        var allocator = new CountingAllocator();
        var type = new StructType([new Field("id", Int32Type.Default, true)]);
        using (IArrowArray lists = Constants.Nulls(new ListType(Int32Type.Default), 3, allocator))
        using (IArrowArray structs = Constants.Nulls(type, 3, allocator))
        using (IArrowArray encoded = Constants.Nulls(new DictionaryType(Int32Type.Default, StringType.Default, false), 2, allocator))
        {
            Assert.Equal("null null null", Nested.Show((ListArray)lists));
            Assert.Equal(3, structs.NullCount);
            Assert.Equal(2, encoded.NullCount);
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Batches_are_joined_by_column_and_a_single_one_is_shared()
    {
        var allocator = new CountingAllocator();
        Schema schema = new Schema.Builder().Field(new Field("id", Int32Type.Default, true)).Build();
        using var first = new RecordBatch(schema, [Rows.Build(Int32Type.Default, [1, null])], 2);
        using var second = new RecordBatch(schema, [Rows.Build(Int32Type.Default, [3], pad: 5)], 1);
        using (RecordBatch shared = Concatenation.Concat([first], allocator))
        {
            Assert.Equal(0, allocator.LiveBytes);
            KernelTest.Equal([1, null], Rows.Read(shared.Column(0)));
        }

        using (RecordBatch joined = Concatenation.Concat([first, second, first], allocator))
        {
            KernelTest.Equal([1, null, 3, 1, null], Rows.Read(joined.Column(0)));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }

    [Fact]
    public void Columns_of_different_types_are_refused()
    {
        using IArrowArray ints = Rows.Build(Int32Type.Default, [1]);
        using IArrowArray longs = Rows.Build(Int64Type.Default, [1L]);
        Assert.Contains("int32 and int64", KernelTest.Throws<ArgumentException>(a => Concatenation.Concat([ints, longs], a)).Message, StringComparison.Ordinal);
    }
}
