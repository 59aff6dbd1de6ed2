using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Pipelines;
using Microsoft.Data.Analysis;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>The inner joins with a small and a middling table in LINQ over row objects and in Microsoft.Data.Analysis.</summary>
internal sealed class JoinPeers(CompareOptions options)
{
    private JoinRow[] _left = [];
    private JoinRow[] _small = [];
    private JoinRow[] _medium = [];
    private DataFrame? _leftFrame;
    private DataFrame? _smallFrame;

    public void Load(string name, IReadOnlyList<RecordBatch> batches)
    {
        if (options.Wants(GroupByPeers.Linq))
        {
            _ = name switch
            {
                "x" => _left = JoinRow.From(batches),
                "small" => _small = JoinRow.From(batches),
                "medium" => _medium = JoinRow.From(batches),
                _ => [],
            };
        }

        if (options.Wants(GroupByPeers.DataFrames))
        {
            _ = name switch
            {
                "x" => _leftFrame = Frames.From(batches, "id1", "id2", "id3", "id4", "id5", "id6", "v1"),
                "small" => _smallFrame = Frames.From(batches, "id1", "id4", "v2"),
                _ => null,
            };
        }
    }

    public IEnumerable<Entry> Entries(string task)
    {
        if (task == "q1" && _left.Length > 0)
        {
            yield return Rows(() => _left.Join(_small, l => l.Id1, r => r.Id1, (l, r) => new
            {
                l.Id1,
                l.Id2,
                l.Id3,
                l.Id4,
                l.Id5,
                l.Id6,
                l.Value,
                Right4 = r.Id4,
                RightValue = r.Value,
            }));
        }

        if (task is "q2" or "q4" && _left.Length > 0)
        {
            yield return task == "q2"
                ? Rows(() => _left.Join(_medium, l => l.Id2, r => r.Id2, (l, r) => new
                {
                    l.Id1,
                    l.Id2,
                    l.Id3,
                    l.Id4,
                    l.Id5,
                    l.Id6,
                    l.Value,
                    Right1 = r.Id1,
                    Right4 = r.Id4,
                    Right5 = r.Id5,
                    RightValue = r.Value,
                }))
                : Rows(() => _left.Join(_medium, l => l.Id5, r => r.Id5, (l, r) => new
                {
                    l.Id1,
                    l.Id2,
                    l.Id3,
                    l.Id4,
                    l.Id5,
                    l.Id6,
                    l.Value,
                    Right1 = r.Id1,
                    Right2 = r.Id2,
                    Right4 = r.Id4,
                    RightValue = r.Value,
                }));
        }

        if (task == "q1" && _leftFrame is not null && _smallFrame is not null)
        {
            yield return new PeerEntry<DataFrame>(
                GroupByPeers.DataFrames,
                () => _leftFrame.Merge(_smallFrame, ["id1"], ["id1"], joinAlgorithm: JoinAlgorithm.Inner),
                WithoutRightKey);
        }
    }

    /// <summary>A merge yields the key of both sides; ours and SQL's once.</summary>
    private static Answer WithoutRightKey(DataFrame merged)
    {
        merged.Columns.Remove("id1_right");
        return Frames.Answer(merged);
    }

    private static PeerEntry<T[]> Rows<T>(Func<IEnumerable<T>> query) =>
        new(GroupByPeers.Linq, () => [.. query()], rows => BatchAnswer.Read([.. rows.Chunk(65_536).Select(c => RowBatch.Create(c))], AnswerShape.Default));

    /// <summary>A row of any table of J1; columns it does not have are null.</summary>
    private sealed record JoinRow(int? Id1, int? Id2, int? Id3, string? Id4, string? Id5, string? Id6, double Value)
    {
        public static JoinRow[] From(IReadOnlyList<RecordBatch> batches)
        {
            var names = batches[0].Schema.FieldsList.Select((f, i) => (f.Name, i)).ToDictionary(f => f.Name, f => f.i, StringComparer.Ordinal);
            return [.. batches.SelectMany(b => Enumerable.Range(0, b.Length).Select(r => new JoinRow(
                Number(b, "id1", r), Number(b, "id2", r), Number(b, "id3", r), Text(b, "id4", r), Text(b, "id5", r), Text(b, "id6", r),
                ((DoubleArray)b.Column(b.ColumnCount - 1)).Values[r])))];

            int? Number(RecordBatch batch, string column, int row) => names.TryGetValue(column, out var i) ? ((Int32Array)batch.Column(i)).GetValue(row) : null;

            string? Text(RecordBatch batch, string column, int row) => names.TryGetValue(column, out var i) ? ((StringArray)batch.Column(i)).GetString(row) : null;
        }
    }
}
