using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>Puts together variants that lie in parts, wherever in a column they are.</summary>
internal static class VariantAssembly
{
    /// <summary>The column as the table has it.</summary>
    /// <param name="stored">The column as its file has it. Taken.</param>
    /// <param name="wanted">What it is to the table.</param>
    /// <param name="allocator">Where the values are made.</param>
    /// <exception cref="FormatException">A variant is damaged.</exception>
    internal static ArrayData Assemble(ArrayData stored, DeltaField wanted, MemoryAllocator allocator)
    {
        if (VariantColumns.Is(wanted))
            return IsShredded(stored.DataType) ? Variants(stored, allocator) : stored;
        if (wanted.Children.Count == 0)
            return stored;
        var children = stored.Children.ToArray();
        if (wanted.Field.DataType is MapType)
            children[0] = Entries(children[0], wanted, allocator);
        else
            for (var i = 0; i < children.Length; i++)
                children[i] = Assemble(children[i], wanted.Children[i], allocator);
        return With(stored, wanted.Field.DataType, children);
    }

    private static ArrayData Entries(ArrayData entries, DeltaField map, MemoryAllocator allocator)
    {
        ArrayData[] children = [.. entries.Children.Select((child, i) => Assemble(child, map.Children[i], allocator))];
        return With(entries, new StructType([map.Children[0].Field, map.Children[1].Field]), children);
    }

    private static bool IsShredded(IArrowType type) => type is StructType structure && structure.Fields.Any(f => f.Name == VariantColumns.Shredded);

    private static ArrayData With(ArrayData of, IArrowType type, ArrayData[] children) => new(type, of.Length, of.NullCount, of.Offset, of.Buffers, children);

    private static ArrayData Variants(ArrayData stored, MemoryAllocator allocator)
    {
        using var group = new StructArray(stored);
        var fields = ((StructType)stored.DataType).Fields;
        var metadata = group.Fields[Enumerable.Range(0, fields.Count).First(i => fields[i].Name == "metadata")] as BinaryArray ?? throw new FormatException("the names of a variant are not binary");
        var (variant, names) = (new ShreddedVariant(group), new VariantNames());
        using var writer = new VariantWriter();
        var (kept, values) = (new BytesColumnBuilder(BinaryType.Default), new BytesColumnBuilder(BinaryType.Default));
        for (var row = 0; row < group.Length; row++)
        {
            if (group.IsNull(row))
            {
                kept.Append([]);
                values.Append([]);
                continue;
            }

            names.Take(metadata.GetBytes(row));
            writer.Clear();
            if (!variant.Write(row, names, writer))
                writer.Null();
            kept.Append(metadata.GetBytes(row));
            values.Append(writer.From(0));
        }

        var nulls = stored.NullCount == 0 ? ArrowBuffer.Empty : stored.Buffers[0].Retain();
        return new ArrayData(VariantColumns.Type, stored.Length, stored.NullCount, 0, [nulls], [kept.Build(allocator).Data, values.Build(allocator).Data]);
    }
}
