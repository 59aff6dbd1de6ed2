using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Numbers between two edges are one category. An interval holds its lower edge, the last one both; NaN is a category of its own.</summary>
internal sealed class EdgeCategories : Categories
{
    private readonly StoredColumn _column;
    private readonly double _scale;
    private readonly int _count;
    private double[] _edges;
    private double _lowest = double.PositiveInfinity;
    private double _highest = double.NegativeInfinity;

    /// <summary>Intervals of one width between the lowest and the highest number.</summary>
    public EdgeCategories(StoredColumn column, int count)
    {
        (_column, _edges, _count) = (column, [], count);
        _scale = Math.Pow(10, column.Scale);
    }

    /// <summary>Intervals between edges; those outside reach to the lowest and the highest number.</summary>
    public EdgeCategories(StoredColumn column, IReadOnlyList<double> edges)
        : this(column, 0) => _edges = [.. edges.Distinct().Order()];

    public override void See(ReadOnlySpan<byte> value, long count)
    {
        var number = Number(value);
        // Comparisons with NaN are false.
        if (number < _lowest)
            _lowest = number;
        if (number > _highest)
            _highest = number;
    }

    public override void Close()
    {
        if (!(_lowest <= _highest))
            return;
        _edges = _edges.Length == 0
            ? Even()
            : [.. _lowest < _edges[0] ? (double[])[_lowest] : [], .. _edges, .. _highest > _edges[^1] ? (double[])[_highest] : []];
    }

    public override int Of(ReadOnlySpan<byte> value)
    {
        var number = Number(value);
        if (double.IsNaN(number))
            return _edges.Length;
        var found = System.Array.BinarySearch(_edges, number);
        return Math.Clamp(found < 0 ? ~found - 1 : found, 0, Math.Max(0, _edges.Length - 2));
    }

    private double[] Even()
    {
        if (double.IsInfinity(_lowest) || double.IsInfinity(_highest))
            throw new InvalidOperationException($"Column '{_column.Name}' has infinite numbers, which lie in no intervals of one width: give their edges.");
        var (low, high) = _lowest == _highest ? (_lowest - 0.5, _highest + 0.5) : (_lowest, _highest);
        var step = (high - low) / _count;
        return [.. Enumerable.Range(0, _count).Select(i => (i * step) + low), high];
    }

    private double Number(ReadOnlySpan<byte> value)
    {
        using var one = KeyColumns.Build(_column.Type, [value.ToArray()]);
        return double.Parse(ValueKey.Of(one, 0, _column), CultureInfo.InvariantCulture) / _scale;
    }
}
