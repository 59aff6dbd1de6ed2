using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>The windows in LINQ over row objects: groups, each sorted and walked.</summary>
internal sealed class WindowPeers(IReadOnlyList<RecordBatch> batches, CompareOptions options)
{
    private readonly GroupByRow[] _rows = options.Wants(GroupByPeers.Linq) ? GroupByRow.From(batches) : [];

    public IEnumerable<Entry> Entries(string task)
    {
        if (_rows.Length == 0)
            yield break;
        yield return task switch
        {
            "number" => Rows(() => Ordered(r => r.Id6).SelectMany(g => g.Rows.Select((r, i) => new { g.Key, r.V3, W = i + 1L }))),
            "before" => Rows(() => Ordered(r => r.Id6).SelectMany(g => g.Rows.Select((r, i) => new { g.Key, r.V3, W = i == 0 ? null : g.Rows[i - 1].V3 }))),
            _ => Rows(() => Ordered(r => r.Id3).SelectMany(g => g.Rows.Select((r, i) => new { g.Key, r.V3, W = Mean(g.Rows.AsSpan(Math.Max(0, i - 9), Math.Min(10, i + 1))) }))),
        };
    }

    private IEnumerable<(TKey Key, GroupByRow[] Rows)> Ordered<TKey>(Func<GroupByRow, TKey> key) =>
        _rows.GroupBy(key).Select(g => (g.Key, g.OrderBy(r => r.V3 is null).ThenBy(r => r.V3).ToArray()));

    private static double? Mean(ReadOnlySpan<GroupByRow> rows)
    {
        var (sum, count) = (0.0, 0);
        foreach (var row in rows)
        {
            sum += row.V3.GetValueOrDefault();
            count += row.V3 is null ? 0 : 1;
        }

        return count == 0 ? null : sum / count;
    }

    private static PeerEntry<T[]> Rows<T>(Func<IEnumerable<T>> query) =>
        new(GroupByPeers.Linq, () => [.. query()], rows => BatchAnswer.Read([.. rows.Chunk(65_536).Select(c => RowBatch.Create(c))], AnswerShape.Default));
}
