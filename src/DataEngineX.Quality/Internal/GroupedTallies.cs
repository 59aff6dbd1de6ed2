using System.Buffers;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>A rule evaluated by group: each group has a state of its own and sees its rows alone, in order.</summary>
internal sealed class GroupedTallies(BoundSuiteRule bound, RuleContext context) : IDisposable
{
    /// <summary>More groups than this are an error of the rule: each has a verdict of its own.</summary>
    public const int MaxGroups = 10_000;

    private readonly List<RowGroup> _groups = [];
    private readonly List<RowGroup> _byId = [];
    private readonly Dictionary<string, RowGroup> _byIdentity = new(StringComparer.Ordinal);
    private readonly GroupIndex _index = new(bound.GroupTypes, context.Allocator);

    public void Update(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<ulong> leftOut) => Split(batch, marks, leftOut, revisit: false);

    public void Revisit(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<ulong> leftOut) => Split(batch, marks, leftOut, revisit: true);

    public IReadOnlyList<Verdict> Finish(Verdict verdict) =>
        _groups.Count == 0 ? [verdict] : [.. _groups.OrderBy(g => g.FirstRow).Select(g => g.Tally.Finish(verdict with { Group = g.Keys }))];

    /// <summary>Takes in the groups of other rows of the same stream, or of rows that follow.</summary>
    public void Merge(GroupedTallies other, long rowsBefore)
    {
        foreach (var group in other._groups)
        {
            var firstRow = group.FirstRow + rowsBefore;
            if (!_byIdentity.TryGetValue(group.Identity, out var own))
                own = Add(new RowGroup(group.Identity, group.Keys, firstRow, new RuleTally(bound, context)));
            else if (firstRow < own.FirstRow)
                (own.Keys, own.FirstRow) = (group.Keys, firstRow);
            own.Tally.Merge(group.Tally, rowsBefore);
            CheckCount(_groups.Count);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_groups.Count);
        foreach (var group in _groups)
        {
            writer.Write(group.Identity);
            writer.Write(group.FirstRow);
            foreach (var key in group.Keys)
                writer.Write(key.Json);
            group.Tally.Save(writer);
        }
    }

    public void Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        CheckCount(count);
        for (var i = 0; i < count; i++)
        {
            var (identity, firstRow) = (reader.ReadString(), reader.ReadInt64());
            VerdictField[] keys = [.. bound.Entry.GroupBy.Select(name => new VerdictField(name, reader.ReadString()))];
            Add(new RowGroup(identity, keys, firstRow, new RuleTally(bound, context))).Tally.Load(reader);
        }
    }

    public void Dispose()
    {
        foreach (var group in _groups)
            group.Tally.Dispose();
        _index.Dispose();
    }

    private void Split(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<ulong> leftOut, bool revisit)
    {
        // A group exists by the rows its filter lets through.
        var rows = new int[marks.Length];
        var count = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            if (leftOut.IsEmpty || (leftOut[i >> 6] >> (i & 63) & 1) == 0)
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
            CheckCount(_index.Count);
            for (var i = 0; i < ids.Length && _byId.Count < _index.Count; i++)
            {
                if (ids[i] == _byId.Count)
                    _byId.Add(GroupOf(batch, rows[i]));
            }
        }
        finally
        {
            foreach (var column in columns)
                column?.Dispose();
        }

        return ids;
    }

    /// <summary>The group of a row whose key has no number yet: one that merging brought, or a new one.</summary>
    private RowGroup GroupOf(RuleBatch batch, int row)
    {
        var identity = IdentityOf(batch, row);
        if (_byIdentity.TryGetValue(identity, out var known))
            return known;
        return Add(new RowGroup(identity, KeysOf(batch, row), batch.RowNumber(row), new RuleTally(bound, context)));
    }

    private VerdictField[] KeysOf(RuleBatch batch, int row) =>
    [
        .. bound.GroupOrdinals.Select(o => new VerdictField(
            batch.Rows.Schema.GetFieldByIndex(o).Name, CellText.Short(batch.Column(o), row, context.MaxValueLength).Json)),
    ];

    private RowGroup Add(RowGroup group)
    {
        _groups.Add(group);
        _byIdentity.Add(group.Identity, group);
        return group;
    }

    /// <summary>The whole key as text that is equal when the keys are.</summary>
    private string IdentityOf(RuleBatch batch, int row)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (var i = 0; i < bound.GroupOrdinals.Length; i++)
            new KeyPart(batch.Column(bound.GroupOrdinals[i]), KeyEncoder.WidthOf(bound.GroupTypes[i]), nanIsMissing: false).Write(row, bytes);
        return Convert.ToHexString(bytes.WrittenSpan);
    }

    private void CheckCount(int groups)
    {
        if (groups > MaxGroups)
            throw new InvalidOperationException($"There are more than {MaxGroups} groups of {string.Join(", ", bound.Entry.GroupBy)}; each would have a verdict of its own.");
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
            var known = _byId[group];
            // A thread may come to an earlier batch after a later one.
            if (part.FirstRow < known.FirstRow)
                (known.Keys, known.FirstRow) = (KeysOf(batch, rows[0]), part.FirstRow);
            if (revisit)
                known.Tally.Revisit(part, span, []);
            else
                known.Tally.Update(part, span, []);
            for (var i = 0; i < rows.Length; i++)
                marks[rows[i]] = span[i];
        }
        finally
        {
            part.Release();
            ArrayPool<RowMark>.Shared.Return(own);
        }
    }

    private sealed class RowGroup(string identity, IReadOnlyList<VerdictField> keys, long firstRow, RuleTally tally)
    {
        /// <summary>The whole key.</summary>
        public string Identity { get; } = identity;

        /// <summary>The key as verdicts show it.</summary>
        public IReadOnlyList<VerdictField> Keys { get; set; } = keys;

        public long FirstRow { get; set; } = firstRow;

        public RuleTally Tally { get; } = tally;
    }
}
