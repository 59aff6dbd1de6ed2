using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Pipelines;
using Microsoft.Data.Analysis;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>The group-by tasks in LINQ over row objects, and those with one key and one kind of aggregate in Microsoft.Data.Analysis.</summary>
internal sealed class GroupByPeers
{
    public const string Linq = "linq";
    public const string DataFrames = "mda";
    private readonly GroupByRow[] _rows;
    private readonly DataFrame? _frame;

    public GroupByPeers(IReadOnlyList<RecordBatch> batches, CompareOptions options)
    {
        _rows = options.Wants(Linq) ? GroupByRow.From(batches) : [];
        _frame = options.Wants(DataFrames) && options.NullPercent == 0 ? Frames.From(batches, "id1", "id6", "v1", "v2", "v3") : null;
    }

    public IEnumerable<Entry> Entries(string task)
    {
        if (_rows.Length > 0 && LinqEntry(task) is { } linq)
            yield return linq;
        if (_frame is not null && FrameEntry(_frame, task) is { } frame)
            yield return frame;
    }

    private Entry? LinqEntry(string task) => task switch
    {
        "q1" => Rows(() => _rows.GroupBy(r => r.Id1).Select(g => new { g.Key, Sum = g.Sum(r => (long?)r.V1) })),
        "q2" => Rows(() => _rows.GroupBy(r => (r.Id1, r.Id2)).Select(g => new { g.Key.Id1, g.Key.Id2, Sum = g.Sum(r => (long?)r.V1) })),
        "q3" => Rows(() => _rows.GroupBy(r => r.Id3).Select(g => new { g.Key, Sum = g.Sum(r => (long?)r.V1), Mean = g.Average(r => r.V3) })),
        "q4" => Rows(() => _rows.GroupBy(r => r.Id4).Select(g => new { g.Key, A = g.Average(r => r.V1), B = g.Average(r => r.V2), C = g.Average(r => r.V3) })),
        "q5" => Rows(() => _rows.GroupBy(r => r.Id6).Select(g => new { g.Key, A = g.Sum(r => (long?)r.V1), B = g.Sum(r => (long?)r.V2), C = g.Sum(r => r.V3) })),
        "q6" => Rows(() => _rows.GroupBy(r => (r.Id4, r.Id5)).Select(g => new { g.Key.Id4, g.Key.Id5, Median = Median(g), Deviation = Deviation(g) })),
        "q7" => Rows(() => _rows.GroupBy(r => r.Id3).Select(g => new { g.Key, Range = g.Max(r => r.V1) - g.Min(r => r.V2) })),
        "q8" => Rows(() => _rows.Where(r => r.V3 is not null).GroupBy(r => r.Id6).SelectMany(g => g.OrderByDescending(r => r.V3).Take(2)).Select(r => new { r.Id6, r.V3 })),
        _ => null,
    };

    private static Entry? FrameEntry(DataFrame frame, string task) => task switch
    {
        "q1" => new PeerEntry<DataFrame>(DataFrames, () => frame.GroupBy("id1").Sum("v1"), Frames.Answer),
        "q5" => new PeerEntry<DataFrame>(DataFrames, () => frame.GroupBy("id6").Sum("v1", "v2", "v3"), Frames.Answer),
        _ => null,
    };

    private static PeerEntry<T[]> Rows<T>(Func<IEnumerable<T>> query) =>
        new(Linq, () => [.. query()], rows => BatchAnswer.Read([.. rows.Chunk(65_536).Select(c => RowBatch.Create(c))], AnswerShape.Default));

    private static double? Median(IEnumerable<GroupByRow> group)
    {
        var values = group.Where(r => r.V3 is not null).Select(r => r.V3!.Value).Order().ToArray();
        return values.Length == 0 ? null : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static double? Deviation(IEnumerable<GroupByRow> group)
    {
        var values = group.Where(r => r.V3 is not null).Select(r => r.V3!.Value).ToArray();
        if (values.Length < 2)
            return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
