using DataEngineX.Benchmarks.Compare.Measuring;

namespace DataEngineX.Benchmarks.Compare.Reports;

/// <summary>Says of each peer that was wanted in which tasks of a suite it takes no part, and why, so that none is missing silently.</summary>
internal static class PeerLimits
{
    private static readonly string[] Peers = ["linq", "mda", "sylvan", "csvhelper", "parquetsharp"];

    public static IEnumerable<(string Engine, string Why, string Tasks)> Of(SuiteResult suite)
    {
        foreach (var peer in Peers.Where(suite.Options.Wants))
        {
            var missing = suite.Tasks.Where(t => t.Entries.All(e => e.Engine != peer)).Select(t => t.Name).ToList();
            if (missing.Count > 0)
                yield return (peer, Why(peer, suite.Name), missing.Count == suite.Tasks.Count ? "any task" : string.Join(", ", missing));
        }
    }

    private static string Why(string peer, string suite) => (peer, suite) switch
    {
        (_, "delta") => "it reads no Delta tables",
        (_, "spill") => "it has no memory budget and does not spill",
        ("linq", "groupby") => "it has no correlation, and a group object for each row is not asked of it",
        ("linq", "join") => "it is given the inner joins with the small and the middling table",
        ("linq", "window") => "it is given no frames by range",
        ("linq", _) => "it has no reader or writer of such files",
        ("mda", "groupby") => "it groups by one column with one kind of aggregate, and takes no nulls in keys",
        ("mda", "join") => "it is given the join with the small table",
        ("mda", "sort") => "it sorts by one column",
        ("mda", "window") => "it has no windows over partitions",
        ("mda", _) => "it is given tables in memory only",
        ("sylvan" or "csvhelper", "csv") => "it is given the typed read only",
        ("csvhelper", "1brc") => "Sylvan stands there for libraries of separated text",
        ("sylvan" or "csvhelper", _) => "it is a library of separated text",
        ("parquetsharp", "parquet") => "it neither filters nor groups",
        ("parquetsharp", _) => "it is a library of Parquet files",
        _ => "it has no such operation",
    };
}
