using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>Makes the columns of a checkpoint from values row by row.</summary>
internal static class CheckpointArrays
{
    private static readonly MemoryAllocator Allocator = MemoryAllocator.Default.Value;

    internal static ArrayData Texts<T>(IReadOnlyList<T> rows, Func<T, string?> value)
    {
        var column = new BytesColumnBuilder(StringType.Default);
        foreach (var row in rows)
            Append(column, value(row));
        return column.Build(Allocator).Data;
    }

    internal static ArrayData Longs<T>(IReadOnlyList<T> rows, Func<T, long?> value) => Fixed(rows, Int64Type.Default, value);

    internal static ArrayData Ints<T>(IReadOnlyList<T> rows, Func<T, int?> value) => Fixed(rows, Int32Type.Default, value);

    internal static ArrayData Bools<T>(IReadOnlyList<T> rows, Func<T, bool?> value)
    {
        var column = new BooleanColumnBuilder(BooleanType.Default);
        foreach (var row in rows)
        {
            if (value(row) is { } flag)
                column.Append(flag);
            else
                column.AppendNull();
        }

        return column.Build(Allocator).Data;
    }

    /// <summary>Lists of texts.</summary>
    internal static ArrayData Lists<T>(DeltaField field, IReadOnlyList<T> rows, Func<T, IReadOnlyList<string>?> value)
    {
        var texts = new BytesColumnBuilder(StringType.Default);
        var (offsets, valid) = (new FixedColumnBuilder<int>(Int32Type.Default), new bool[rows.Count]);
        offsets.Append(0);
        for (var i = 0; i < rows.Count; i++)
        {
            var list = value(rows[i]);
            valid[i] = list is not null;
            foreach (var text in list ?? [])
                Append(texts, text);
            offsets.Append(texts.Length);
        }

        return new ArrayData(field.Field.DataType, rows.Count, -1, 0, [Bits(valid), Values(offsets)], [texts.Build(Allocator).Data]);
    }

    /// <summary>Maps of texts to texts.</summary>
    internal static ArrayData Maps<T>(DeltaField field, IReadOnlyList<T> rows, Func<T, Dictionary<string, string?>?> value)
    {
        var (keys, values) = (new BytesColumnBuilder(StringType.Default), new BytesColumnBuilder(StringType.Default));
        var (offsets, valid) = (new FixedColumnBuilder<int>(Int32Type.Default), new bool[rows.Count]);
        offsets.Append(0);
        for (var i = 0; i < rows.Count; i++)
        {
            var map = value(rows[i]);
            valid[i] = map is not null;
            foreach (var (key, text) in map ?? [])
            {
                Append(keys, key);
                Append(values, text);
            }

            offsets.Append(keys.Length);
        }

        var type = (MapType)field.Field.DataType;
        var count = keys.Length;
        var entries = new ArrayData(
            new StructType([type.KeyField, type.ValueField]), count, 0, 0, [ArrowBuffer.Empty], [keys.Build(Allocator).Data, values.Build(Allocator).Data]);
        return new ArrayData(type, rows.Count, -1, 0, [Bits(valid), Values(offsets)], [entries]);
    }

    /// <summary>A struct that is there in some rows.</summary>
    internal static ArrayData Struct<T>(DeltaField field, IReadOnlyList<T> rows, Func<T, bool> isThere, params ArrayData[] parts) =>
        new(field.Field.DataType, rows.Count, -1, 0, [Bits([.. rows.Select(isThere)])], parts);

    private static ArrayData Fixed<TRow, T>(IReadOnlyList<TRow> rows, IArrowType type, Func<TRow, T?> value)
        where T : unmanaged
    {
        var column = new FixedColumnBuilder<T>(type);
        foreach (var row in rows)
        {
            if (value(row) is { } number)
                column.Append(number);
            else
                column.AppendNull();
        }

        return column.Build(Allocator).Data;
    }

    private static void Append(BytesColumnBuilder column, string? text)
    {
        if (text is null)
            column.AppendNull();
        else
            column.Append(Encoding.UTF8.GetBytes(text));
    }

    private static ArrowBuffer Bits(bool[] valid)
    {
        var bits = new ArrowBuffer.BitmapBuilder(valid.Length);
        foreach (var bit in valid)
            bits.Append(bit);
        return bits.Build(Allocator);
    }

    private static ArrowBuffer Values(FixedColumnBuilder<int> column) => column.Build(Allocator).Data.Buffers[1];
}
