using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Tells which rows of a row group can satisfy a condition, from the statistics of the row group and of its pages.</summary>
internal static class RowGroupPruning
{
    internal static bool MayMatch(ParquetFile file, RowGroup group, Expr predicate) => BoundsPruning.MayMatch(predicate, (name, fields) =>
        Leaf(file, name, fields) is { Field: { } field } leaf
            ? (field, StoredBounds.Of(leaf, group.Columns[leaf.Leaf].Statistics, group.RowCount))
            : null);

    /// <summary>The rows that are left when pages are looked at as well; reads the page indexes of the condition's columns.</summary>
    internal static async ValueTask<List<RowRange>> RangesAsync(
        ParquetFile file, RowGroup group, Expr predicate, CancellationToken cancellationToken)
    {
        var rows = (int)group.RowCount;
        var indexes = new Dictionary<int, PageBounds>();
        foreach (var path in ColumnPath.In(predicate))
        {
            if (Leaf(file, path.Column, path.Fields) is { } leaf && !indexes.ContainsKey(leaf.Leaf)
                && await PageBounds.ReadAsync(file, leaf, group.Columns[leaf.Leaf], rows, cancellationToken).ConfigureAwait(false) is { } bounds)
                indexes[leaf.Leaf] = bounds;
        }

        if (indexes.Count == 0)
            return [new RowRange(0, rows)];
        var cuts = new SortedSet<int>(indexes.Values.SelectMany(i => i.FirstRows)) { 0, rows };
        var ranges = new List<RowRange>();
        var first = 0;
        foreach (var cut in cuts)
        {
            if (cut > first)
            {
                var at = first;
                var may = BoundsPruning.MayMatch(
                    predicate, (name, fields) => Leaf(file, name, fields) is { } leaf && indexes.TryGetValue(leaf.Leaf, out var index) ? index.At(at) : null);
                if (may && ranges.Count > 0 && ranges[^1].End == first)
                    ranges[^1] = new RowRange(ranges[^1].First, cut - ranges[^1].First);
                else if (may)
                    ranges.Add(new RowRange(first, cut - first));
            }

            first = cut;
        }

        return ranges;
    }

    /// <summary>
    /// The stored column of a column, or of a field of a struct. Where the struct is null so is its field, and the statistics count it as one. Columns
    /// that repeat have no value a row, so theirs do not help.
    /// </summary>
    private static FileColumn? Leaf(ParquetFile file, string name, IReadOnlyList<string> fields)
    {
        var column = file.Find(name);
        foreach (var field in fields)
            column = column?.Shape == ColumnShape.Struct ? column.Children.Find(c => string.Equals(c.Name, field, StringComparison.Ordinal)) : null;
        return column is { Shape: ColumnShape.Leaf, Repetition: 0, Type: not null } ? column : null;
    }
}
