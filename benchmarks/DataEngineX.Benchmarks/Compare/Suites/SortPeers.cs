using System.Text;
using Apache.Arrow;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using Microsoft.Data.Analysis;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>The sorts in LINQ over row objects, and the one by a single column in Microsoft.Data.Analysis; nulls stand last in both.</summary>
internal sealed class SortPeers(IReadOnlyList<RecordBatch> batches, CompareOptions options)
{
    private readonly GroupByRow[] _rows = options.Wants(GroupByPeers.Linq) ? GroupByRow.From(batches) : [];

    private readonly DataFrame? _frame =
        options.Wants(GroupByPeers.DataFrames) ? Frames.From(batches, "id1", "id2", "id3", "id4", "id5", "id6", "v1", "v2", "v3") : null;

    public IEnumerable<Entry> Entries(string task, AnswerShape shape)
    {
        if (_rows.Length > 0)
            yield return new PeerEntry<GroupByRow[]>(GroupByPeers.Linq, () => Sorted(task), rows => Digest(rows, shape));
        if (_frame is not null && (task is "double" or "top"))
        {
            yield return new PeerEntry<DataFrame>(
                GroupByPeers.DataFrames,
                () => task == "top" ? _frame.OrderByDescending("v3").Head(100) : _frame.OrderByDescending("v3"),
                frame => Frames.Answer(frame, shape));
        }
    }

    private GroupByRow[] Sorted(string task) => task switch
    {
        "number" => [.. _rows.OrderBy(r => r.Id6 is null).ThenBy(r => r.Id6).ThenBy(r => r.V3 is null).ThenBy(r => r.V3)],
        "text" => [.. _rows.OrderBy(r => r.Id3 is null).ThenBy(r => r.Id3, StringComparer.Ordinal).ThenBy(r => r.Id1 is null).ThenBy(r => r.Id1, StringComparer.Ordinal)],
        "double" => [.. _rows.OrderBy(r => r.V3 is null).ThenByDescending(r => r.V3)],
        _ => [.. _rows.OrderBy(r => r.V3 is null).ThenByDescending(r => r.V3).Take(100)],
    };

    private static Answer Digest(GroupByRow[] rows, AnswerShape shape)
    {
        var answer = new AnswerBuilder(9, shape);
        foreach (var row in rows)
        {
            Text(0, row.Id1);
            Text(1, row.Id2);
            Text(2, row.Id3);
            Number(3, row.Id4);
            Number(4, row.Id5);
            Number(5, row.Id6);
            Number(6, row.V1);
            Number(7, row.V2);
            if (row.V3 is { } value)
                answer.AddDouble(8, value);
            else
                answer.AddNull(8);
            answer.EndRow();
        }

        return answer.Build();

        void Text(int column, string? text)
        {
            if (text is null)
                answer.AddNull(column);
            else
                answer.AddText(column, Encoding.UTF8.GetBytes(text));
        }

        void Number(int column, int? number)
        {
            if (number is { } value)
                answer.AddInteger(column, value);
            else
                answer.AddNull(column);
        }
    }
}
