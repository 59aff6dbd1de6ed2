using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Tells which rows of a row group can satisfy a condition, from the statistics of the row group and of its pages.</summary>
internal static class RowGroupPruning
{
    internal static bool MayMatch(ParquetFile file, RowGroup group, Expr predicate) => BoundsPruning.MayMatch(predicate, (name, fields) =>
        fields.Count == 0 && file.Find(name) is { IsFlat: true, Field: { } field } column
            ? (field, StoredBounds.Of(column, group.Columns[column.Leaf].Statistics, group.RowCount))
            : null);

    /// <summary>The rows that are left when pages are looked at as well; reads the page indexes of the condition's columns.</summary>
    internal static async ValueTask<List<RowRange>> RangesAsync(
        ParquetFile file, RowGroup group, Expr predicate, CancellationToken cancellationToken)
    {
        var rows = (int)group.RowCount;
        var indexes = new Dictionary<string, PageBounds>(StringComparer.Ordinal);
        foreach (var name in ColumnsOf(predicate))
        {
            if (file.Find(name) is { IsFlat: true, Type: not null } column
                && await PageBounds.ReadAsync(file, column, group.Columns[column.Leaf], rows, cancellationToken).ConfigureAwait(false) is { } bounds)
                indexes[name] = bounds;
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
                var may = BoundsPruning.MayMatch(predicate, (name, fields) => fields.Count == 0 && indexes.TryGetValue(name, out var index) ? index.At(at) : null);
                if (may && ranges.Count > 0 && ranges[^1].End == first)
                    ranges[^1] = new RowRange(ranges[^1].First, cut - ranges[^1].First);
                else if (may)
                    ranges.Add(new RowRange(first, cut - first));
            }

            first = cut;
        }

        return ranges;
    }

    private static IEnumerable<string> ColumnsOf(Expr expression) => expression is ColumnExpr column
        ? [column.Name]
        : expression.Children.SelectMany(ColumnsOf).Distinct(StringComparer.Ordinal);
}
