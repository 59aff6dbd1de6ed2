using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>Makes blocks.</summary>
internal sealed class KeyedBlocks(GroupPlan plan, MemoryAllocator allocator)
{
    /// <summary>The rows of a batch.</summary>
    public KeyedBlock OfRows(GroupRows rows, ref KeyLayout layout, int level, RowPlace first)
    {
        layout = KeyEncoder.Fit(layout, rows.Keys);
        using var packed = new Rented<ulong>(rows.Length * layout.Words);
        KeyEncoder.Encode(layout, rows.Keys, 0, rows.Length, packed.Span);
        var hasTexts = new bool[rows.Keys.Length];
        for (var c = 0; c < hasTexts.Length; c++)
            hasTexts[c] = layout.Fields[c].Words == 2 && KeyText.AnyLong(rows.Keys[c].Data, 0, rows.Length);
        IArrowArray[] columns = [.. rows.Values.Concat(rows.Others).OfType<IArrowArray>()];
        var shape = new KeyedShape(plan, layout, hasTexts, isPartial: false, [.. columns.Select(c => c.Data.DataType)]);
        return Sorted(shape, packed.Span, [.. rows.Keys.Where((_, c) => hasTexts[c]), .. columns], level, first);
    }

    /// <summary>The states of all groups of a table.</summary>
    public KeyedBlock OfTable(GroupTable table, int level)
    {
        using var orderRoom = new Rented<int>(table.Groups);
        var bounds = KeyPartitions.Sort(table.Keys.Keys, table.Keys.Layout, level, orderRoom.Span);
        table.Seal();
        return OfGroups(table, orderRoom.Span, bounds);
    }

    /// <summary>Puts the states of all groups of a table aside, few at a time, so that little memory is needed for it.</summary>
    public void Spill(GroupTable table, int level, GroupSpills spills)
    {
        using var orderRoom = new Rented<int>(table.Groups);
        var bounds = KeyPartitions.Sort(table.Keys.Keys, table.Keys.Layout, level, orderRoom.Span);
        table.Seal();
        for (var from = 0; from < KeyPartitions.Count; from += GroupSpills.PartitionsInBundle)
        {
            var (start, end) = (bounds[from], bounds[from + GroupSpills.PartitionsInBundle]);
            if (start == end)
                continue;
            using var block = OfGroups(table, orderRoom.Span[start..end], [.. bounds.Select(b => Math.Clamp(b, start, end) - start)]);
            spills.Write([block]);
        }
    }

    /// <summary>A block sorted again by the partitions of a level below.</summary>
    public KeyedBlock OfBlock(KeyedBlock block, int level)
    {
        IArrowArray[] columns = [.. Enumerable.Range(1, block.Shape.Schema.FieldsList.Count - 1).Select(block.Batch.Column)];
        return Sorted(block.Shape, KeyedBlock.Words(block.Batch.Column(0).Data, block.Shape.Layout.Words), columns, level, block.First);
    }

    private KeyedBlock OfGroups(GroupTable table, ReadOnlySpan<int> order, int[] bounds)
    {
        var layout = table.Keys.Layout;
        var hasTexts = new bool[layout.Types.Length];
        for (var c = 0; c < hasTexts.Length; c++)
            hasTexts[c] = table.Keys.TextsOf(c) is not null;
        var states = table.ExportStates(order, allocator);
        var shape = new KeyedShape(plan, layout, hasTexts, isPartial: true, [.. states.Select(s => s.Data.DataType)]);
        var columns = new List<IArrowArray>();
        try
        {
            columns.Add(Keys(shape, table.Keys.Keys, order));
            for (var c = 0; c < hasTexts.Length; c++)
            {
                if (hasTexts[c])
                    columns.Add(Texts(table, c, order));
            }

            columns.AddRange(states);
            return new KeyedBlock(shape, new RecordBatch(shape.Schema, columns, order.Length), bounds, default);
        }
        catch
        {
            foreach (var array in columns.Concat(states).Distinct())
                array.Dispose();
            throw;
        }
    }

    private KeyedBlock Sorted(KeyedShape shape, ReadOnlySpan<ulong> packed, IArrowArray[] columns, int level, RowPlace first)
    {
        using var orderRoom = new Rented<int>(packed.Length / shape.Layout.Words);
        var order = orderRoom.Span;
        var bounds = KeyPartitions.Sort(packed, shape.Layout, level, order);
        var sorted = new IArrowArray?[columns.Length + 1];
        try
        {
            sorted[0] = Keys(shape, packed, order);
            for (var i = 0; i < columns.Length; i++)
                sorted[i + 1] = Gather.Run("group_by", columns[i].Data, order, allocator);
            return new KeyedBlock(shape, new RecordBatch(shape.Schema, sorted!, order.Length), bounds, first);
        }
        catch
        {
            foreach (var array in sorted)
                array?.Dispose();
            throw;
        }
    }

    private IArrowArray Keys(KeyedShape shape, ReadOnlySpan<ulong> packed, ReadOnlySpan<int> order)
    {
        var words = shape.Layout.Words;
        using var target = new OutputBuffer<ulong>(allocator, checked(order.Length * words));
        KeyRows.Gather(packed, words, order, target.Span);
        return Assemble.Fixed(shape.Schema.GetFieldByIndex(0).DataType, order.Length, null, target);
    }

    /// <summary>The long texts of a key column; others are empty, as they lie inside the packed key.</summary>
    private IArrowArray Texts(GroupTable table, int column, ReadOnlySpan<int> order)
    {
        var layout = table.Keys.Layout;
        var texts = table.Keys.TextsOf(column)!;
        var word = layout.Fields[column].Word;
        using var offsets = new OutputBuffer<int>(allocator, order.Length + 1);
        offsets.Span[0] = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var isLong = KeyText.IsLong(table.Keys.Keys[(order[i] * layout.Words) + word]);
            offsets.Span[i + 1] = checked(offsets.Span[i] + (isLong ? texts[order[i]].Length : 0));
        }

        using var bytes = new OutputBuffer<byte>(allocator, offsets.Span[^1]);
        for (var i = 0; i < order.Length; i++)
        {
            if (offsets.Span[i + 1] > offsets.Span[i])
                texts[order[i]].CopyTo(bytes.Span[offsets.Span[i]..]);
        }

        return Assemble.Variable(layout.Types[column], order.Length, null, offsets, bytes);
    }
}
