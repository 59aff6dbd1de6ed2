using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Reads what is wanted of the columns of a row group and opens them.</summary>
internal sealed class CursorOpener(ParquetFile file, int number, List<RowRange> ranges, MemoryAllocator allocator)
{
    private readonly RowGroup _group = file.Metadata.RowGroups[number];
    private readonly TrackingAllocator? _budget = allocator as TrackingAllocator;

    /// <summary>Opens a column of the type wanted.</summary>
    internal ValueTask<ColumnCursor> OpenAsync(Field wanted, CancellationToken cancellationToken) =>
        OpenAsync(new BoundColumn(wanted, file.Find(wanted.Name), null), cancellationToken);

    /// <summary>Opens a column that was looked for before.</summary>
    internal async ValueTask<ColumnCursor> OpenAsync(BoundColumn bound, CancellationToken cancellationToken)
    {
        var wanted = bound.Wanted;
        if (bound.Stored is not { } column)
        {
            return wanted.IsNullable
                ? new MissingCursor(wanted.DataType, allocator)
                : throw new MalformedDataException($"{file.Name} has no column '{wanted.Name}', which may not be null.", wanted.Name);
        }

        try
        {
            return column.IsFlat
                ? await OpenFlatAsync(column, wanted, cancellationToken).ConfigureAwait(false)
                : await OpenNestedAsync(column, bound, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ColumnFault.IsOfData(e))
        {
            throw ColumnFault.Of(file, number, wanted.Name, e);
        }
    }

    private async ValueTask<ColumnCursor> OpenFlatAsync(FileColumn column, Field wanted, CancellationToken cancellationToken)
    {
        var chunk = Chunk(column);
        var values = ColumnValuesFactory.Create(column.Element, file.Name, wanted.Name, wanted.DataType, allocator);
        try
        {
            var bytes = await ReadAsync(chunk, cancellationToken).ConfigureAwait(false);
            var pages = new PageReader(chunk, bytes, 0, column.Definition, (int)_group.RowCount, _budget);
            return new FlatCursor(pages, values, column.Definition > 0, (int)_group.RowCount, allocator);
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    private async ValueTask<ChunkBytes> ReadAsync(ColumnChunk chunk, CancellationToken cancellationToken)
    {
        var rows = (int)_group.RowCount;
        if (ranges is [{ First: 0 } only] && only.Count == rows)
            return await ChunkBytes.ReadAllAsync(file.Input, chunk, _budget, cancellationToken).ConfigureAwait(false);
        var pages = await PageBounds.ReadLocationsAsync(file, chunk, rows, cancellationToken).ConfigureAwait(false);
        if (pages.Length == 0)
            return await ChunkBytes.ReadAllAsync(file.Input, chunk, _budget, cancellationToken).ConfigureAwait(false);
        var wanted = new bool[pages.Length];
        for (var p = 0; p < pages.Length; p++)
        {
            var end = p + 1 < pages.Length ? pages[p + 1].FirstRow : rows;
            wanted[p] = ranges.Exists(r => r.First < end && r.End > pages[p].FirstRow);
        }

        return await ChunkBytes.ReadPagesAsync(file.Input, chunk, pages, wanted, _budget, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ColumnCursor> OpenNestedAsync(FileColumn column, BoundColumn bound, CancellationToken cancellationToken)
    {
        var wanted = bound.Wanted;
        if (bound.Shaped is null && (column.Type is null || !Expressions.ArrowTypes.Same(column.Type, wanted.DataType)))
        {
            throw new DataEngineXException(
                $"Column '{column.Name}' of {file.Name} is {(column.Type is null ? "of a type that is not read" : Expressions.ArrowTypes.NameOf(column.Type))} "
                + $"and cannot be read as {Expressions.ArrowTypes.NameOf(wanted.DataType)}.");
        }

        var types = bound.LeafTypes();
        var needed = new HashSet<int>();
        AddNeeded(bound.Shaped ?? column, needed);
        var leaves = new List<LeafColumn>();
        try
        {
            foreach (var leaf in LeavesOf(column))
            {
                var read = new LeafColumn();
                leaves.Add(read);
                if (!needed.Contains(leaf.Leaf))
                    continue;
                var chunk = Chunk(leaf);
                using var values = ColumnValuesFactory.Create(leaf.Element, file.Name, $"{wanted.Name}.{leaf.Name}", types.GetValueOrDefault(leaf.Leaf) ?? leaf.Type ?? NullType.Default, allocator);
                var bytes = await ChunkBytes.ReadAllAsync(file.Input, chunk, _budget, cancellationToken).ConfigureAwait(false);
                using var pages = new PageReader(chunk, bytes, leaf.Repetition, leaf.Definition, (int)_group.RowCount, _budget);
                read.Read(pages, values, leaf, chunk, allocator);
            }

            return new NestedCursor(bound.Shaped ?? column, [.. leaves], (int)_group.RowCount, allocator);
        }
        catch
        {
            foreach (var leaf in leaves)
                leaf.Dispose();
            throw;
        }
    }

    private static IEnumerable<FileColumn> LeavesOf(FileColumn column) =>
        column.Shape == ColumnShape.Leaf ? [column] : column.Children.SelectMany(LeavesOf);

    /// <summary>The leaves wanted, and the first one below each nested column, whose levels tell its shape.</summary>
    private static void AddNeeded(FileColumn column, HashSet<int> needed)
    {
        if (column.Shape != ColumnShape.Missing)
            needed.Add(column.Leaf);
        foreach (var child in column.Children)
            AddNeeded(child, needed);
    }

    private ColumnChunk Chunk(FileColumn column)
    {
        var chunk = _group.Columns[column.Leaf];
        if (chunk.IsElsewhere)
            Corrupt.Throw("it is stored in another file");
        if (chunk.IsEncrypted)
            Corrupt.Throw("it is encrypted or has no metadata");
        if (chunk.Type != column.Element.Type)
            Corrupt.Throw($"it is stored as {chunk.Type} where the schema says {column.Element.Type}");
        return chunk;
    }
}
