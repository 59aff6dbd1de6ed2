using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Pipelines.Tests.Shaping;

/// <summary>Rows with lists: a key, numbers, texts as many as numbers, and pairs of both.</summary>
internal sealed record Lists(string Key, int?[]? Numbers, string?[]? Texts)
{
    private static readonly StructType Pair = new([new Field("number", Int32Type.Default, true), new Field("text", StringType.Default, true)]);

    public static Schema Schema { get; } = new(
        [
            new Field("key", StringType.Default, false), new Field("numbers", new ListType(Int32Type.Default), true),
            new Field("texts", new ListType(StringType.Default), true), new Field("pairs", new ListType(Pair), true),
        ],
        null);

    public static Lists[] Random(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var length = random.Next(4) == 0 ? 0 : random.Next(12);
            var isNull = random.Next(6) == 0;
            return new Lists(
                $"k{i}",
                isNull ? null : [.. Enumerable.Range(0, length).Select(_ => random.Next(5) == 0 ? (int?)null : random.Next(100))],
                isNull ? null : [.. Enumerable.Range(0, length).Select(j => random.Next(5) == 0 ? null : $"t{j}")]);
        }),
    ];

    public static BatchesSource Source(Lists[] rows, int seed, int most) => new(Schema, a => Batch(rows, a), seed, most);

    private static RecordBatch Batch(Lists[] rows, MemoryAllocator allocator)
    {
        var keys = new StringArray.Builder().AppendRange(rows.Select(r => r.Key)).Build(allocator);
        IArrowArray Numbers()
        {
            var builder = new Int32Array.Builder();
            foreach (var number in rows.SelectMany(r => r.Numbers ?? [7, 7]))
                _ = number is { } value ? builder.Append(value) : builder.AppendNull();
            return builder.Build(allocator);
        }

        IArrowArray Texts()
        {
            var builder = new StringArray.Builder();
            foreach (var text in rows.SelectMany(r => r.Texts ?? ["garbage", "garbage"]))
                _ = text is null ? builder.AppendNull() : builder.Append(text);
            return builder.Build(allocator);
        }

        var items = rows.Sum(r => r.Numbers?.Length ?? 2);
        var pairs = new StructArray(new ArrayData(Pair, items, 0, 0, [ArrowBuffer.Empty], [Numbers().Data, Texts().Data]));
        return new RecordBatch(Schema, [keys, ListOf(rows, 1, Numbers(), allocator), ListOf(rows, 2, Texts(), allocator), ListOf(rows, 3, pairs, allocator)], rows.Length);
    }

    /// <summary>Two items of garbage lie under each null list.</summary>
    private static ListArray ListOf(Lists[] rows, int field, IArrowArray items, MemoryAllocator allocator)
    {
        var offsets = new ArrowBuffer.Builder<int>().Append(0);
        var validity = new ArrowBuffer.BitmapBuilder();
        var end = 0;
        foreach (var row in rows)
        {
            offsets.Append(end += row.Numbers?.Length ?? 2);
            validity.Append(row.Numbers is not null);
        }

        var nulls = rows.Count(r => r.Numbers is null);
        return new ListArray(new ArrayData(
            Schema.FieldsList[field].DataType, rows.Length, nulls, 0, [validity.Build(allocator), offsets.Build(allocator)], [items.Data]));
    }
}
