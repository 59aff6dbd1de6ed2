using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Conditions that operators of a run give to its scans before those start to read. Thread-safe.</summary>
internal sealed class LateFilters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BoundScan, Expr> _filters = new(ReferenceEqualityComparer.Instance);

    public void Add(BoundScan scan, Expr filter)
    {
        lock (_lock)
            _filters[scan] = _filters.TryGetValue(scan, out var others) ? others & filter : filter;
    }

    /// <summary>What was given to a scan, or null.</summary>
    public Expr? Of(BoundScan scan)
    {
        lock (_lock)
            return _filters.GetValueOrDefault(scan);
    }
}
