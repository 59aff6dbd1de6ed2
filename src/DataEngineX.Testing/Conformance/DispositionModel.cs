namespace DataEngineX.Testing.Conformance;

/// <summary>What a disposition means, row by row over a list.</summary>
internal sealed class DispositionModel(WriteDisposition disposition)
{
    private List<DispositionRow> _rows = [];

    public bool KeepsRepeats { get; init; }

    /// <summary>The rows of the table, as texts in order.</summary>
    public List<string> Rows => disposition == WriteDisposition.History
        ? [.. _rows.GroupBy(r => r.Id).SelectMany(Spans).Order(StringComparer.Ordinal)]
        : [.. _rows.Select(r => r.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Rows of a run: few keys and values, so that they meet each other; a merge needs each key once.</summary>
    public List<DispositionRow> Draw(Random random)
    {
        var rows = Enumerable.Range(0, random.Next(0, 16)).Select(_ => new DispositionRow(
            random.Next(0, 8), random.Next(0, 4) is > 0 and var part ? $"p{part}" : null, random.Next(0, 3) is > 0 and var value ? $"v{value}" : null, random.Next(0, 9))).ToList();
        return disposition == WriteDisposition.Merge ? [.. rows.DistinctBy(r => r.Id)] : rows;
    }

    public void Write(IReadOnlyList<DispositionRow> rows) => _rows = disposition switch
    {
        WriteDisposition.Append => [.. _rows, .. rows],
        WriteDisposition.Replace => [.. rows],
        WriteDisposition.Upsert => [.. _rows.Where(r => rows.All(n => n.Id != r.Id)), .. rows.Reverse().DistinctBy(r => r.Id)],
        WriteDisposition.InsertOnly => [.. _rows, .. rows.DistinctBy(r => r.Id).Where(n => _rows.TrueForAll(r => r.Id != n.Id))],
        WriteDisposition.DeleteInsert => [.. _rows.Where(r => rows.All(n => n.Id != r.Id)), .. rows],
        WriteDisposition.ReplacePartition => [.. _rows.Where(r => rows.All(n => n.Part != r.Part)), .. rows],
        WriteDisposition.History => [.. rows.Reverse().Concat(_rows).DistinctBy(r => (r.Id, r.At)).GroupBy(r => r.Id).SelectMany(Folded)],
        WriteDisposition.Merge => [.. _rows.Where(r => rows.All(n => n.Id != r.Id)), .. rows.Where(n => n.Value is not null || _rows.TrueForAll(r => r.Id != n.Id))],
        _ => throw new NotSupportedException(disposition.ToString()),
    };

    private IEnumerable<DispositionRow> Folded(IEnumerable<DispositionRow> states)
    {
        DispositionRow? before = null;
        foreach (var state in states.OrderBy(s => s.At))
        {
            if (KeepsRepeats || before is null || (state with { At = before.At }) != before)
                yield return state;
            before = state;
        }
    }

    private static IEnumerable<string> Spans(IEnumerable<DispositionRow> states)
    {
        var ordered = states.OrderBy(s => s.At).ToList();
        for (var i = 0; i < ordered.Count; i++)
            yield return $"{ordered[i]}|{(i + 1 < ordered.Count ? ordered[i + 1].At : "null")}|{(i + 1 < ordered.Count ? "false" : "true")}";
    }
}
