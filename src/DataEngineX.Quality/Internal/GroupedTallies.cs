using System.Buffers;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>A rule evaluated by group: each group has a state of its own and sees its rows alone, in order.</summary>
internal sealed class GroupedTallies(BoundSuiteRule bound, RuleContext context) : IDisposable
{
    /// <summary>More groups than this are an error of the rule: each has a verdict of its own.</summary>
    public const int MaxGroups = 10_000;

    private readonly List<RuleTally> _tallies = [];
    private readonly List<IReadOnlyList<VerdictField>> _keys = [];
    private readonly GroupIndex _index = new(bound.GroupTypes, context.Allocator);

    public void Update(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<bool> leftOut) => Split(batch, marks, leftOut, revisit: false);

    public void Revisit(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<bool> leftOut) => Split(batch, marks, leftOut, revisit: true);

    public IReadOnlyList<Verdict> Finish(Verdict verdict) =>
        _tallies.Count == 0 ? [verdict] : [.. _tallies.Select((t, i) => t.Finish(verdict with { Group = _keys[i] }))];

    public void Dispose()
    {
        foreach (var tally in _tallies)
            tally.Dispose();
        _index.Dispose();
    }

    private void Split(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<bool> leftOut, bool revisit)
    {
        // A group exists by the rows its filter lets through.
        var rows = new int[marks.Length];
        var count = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            if (leftOut.IsEmpty || !leftOut[i])
                rows[count++] = i;
        }

        if (count == 0)
            return;
        var ids = Map(batch, rows.AsSpan(0, count));
        var order = rows.AsSpan(0, count).ToArray();
        System.Array.Sort(ids, order);
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && ids[end] == ids[start])
                end++;
            // Sorting by group alone does not keep rows in order.
            System.Array.Sort(order, start, end - start);
            Visit(batch, ids[start], order.AsSpan(start, end - start), marks, revisit);
            start = end;
        }
    }

    private int[] Map(RuleBatch batch, ReadOnlySpan<int> rows)
    {
        var ids = new int[rows.Length];
        var columns = new IArrowArray[bound.GroupOrdinals.Length];
        try
        {
            for (var i = 0; i < columns.Length; i++)
                columns[i] = Selection.Take(batch.Column(bound.GroupOrdinals[i]), rows, context.Allocator);
            _index.Map(columns, ids);
            if (_index.Count > MaxGroups)
                throw new InvalidOperationException($"There are more than {MaxGroups} groups of {string.Join(", ", bound.Entry.GroupBy)}; each would have a verdict of its own.");
            for (var i = 0; i < ids.Length && _tallies.Count < _index.Count; i++)
            {
                if (ids[i] == _tallies.Count)
                    Add(batch, rows[i]);
            }
        }
        finally
        {
            foreach (var column in columns)
                column?.Dispose();
        }

        return ids;
    }

    private void Add(RuleBatch batch, int row)
    {
        _tallies.Add(new RuleTally(bound, context));
        _keys.Add([.. bound.GroupOrdinals.Select(o => new VerdictField(
            batch.Rows.Schema.GetFieldByIndex(o).Name, CellText.Short(batch.Column(o), row, context.MaxValueLength).Json))]);
    }

    private void Visit(RuleBatch batch, int group, ReadOnlySpan<int> rows, Span<RowMark> marks, bool revisit)
    {
        var own = ArrayPool<RowMark>.Shared.Rent(rows.Length);
        using var taken = Selection.Take(batch.Rows, rows, context.Allocator);
        var part = batch.Part(taken, rows);
        try
        {
            var span = own.AsSpan(0, rows.Length);
            span.Clear();
            if (revisit)
                _tallies[group].Revisit(part, span, []);
            else
                _tallies[group].Update(part, span, []);
            for (var i = 0; i < rows.Length; i++)
                marks[rows[i]] = span[i];
        }
        finally
        {
            part.Release();
            ArrayPool<RowMark>.Shared.Return(own);
        }
    }
}
