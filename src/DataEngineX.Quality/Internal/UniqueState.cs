using System.Buffers;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>Counts the rows of each key; which rows are copies is known only when all are counted.</summary>
internal sealed class UniqueState : RuleState
{
    private readonly int[] _ordinals;
    private readonly RuleContext _context;
    private readonly GroupIndex _keys;
    private readonly PagedList<Copies> _copies;
    private readonly FirstSamples _samples;
    private readonly Queue<IMemoryOwner<byte>> _keysOfRows = [];
    private readonly CommonValues _common = new();
    private readonly Dictionary<int, IReadOnlyList<VerdictField>> _keysOfFirst = [];
    private readonly IgnoredRows _ignored;
    private long _checked;
    private long _failed;

    public UniqueState(int[] ordinals, IReadOnlyList<IArrowType> types, IgnoredRows ignored, RuleContext context)
    {
        _ignored = ignored;
        _ordinals = ordinals;
        _context = context;
        _samples = new FirstSamples(context.MaxSamples);
        _keys = new GroupIndex(types, context.Allocator);
        _copies = new PagedList<Copies>(context.Allocator);
    }

    public override void Update(RuleBatch batch, Span<RowMark> marks)
    {
        MissingRows.Skip(batch, _ordinals, _ignored, marks);
        var owner = _context.Allocator.Allocate(Math.Max(1, marks.Length) * sizeof(int));
        var kept = false;
        try
        {
            var ids = MemoryMarshal.Cast<byte, int>(owner.Memory.Span)[..marks.Length];
            Map(batch, ids);
            _copies.Reserve(_keys.Count);
            Count(batch, marks, ids);
            if (_context.WillRevisit)
            {
                _keysOfRows.Enqueue(owner);
                kept = true;
            }
        }
        finally
        {
            if (!kept)
                owner.Dispose();
        }
    }

    public override void Revisit(RuleBatch batch, Span<RowMark> marks)
    {
        MissingRows.Skip(batch, _ordinals, _ignored, marks);
        using var owner = _keysOfRows.Dequeue();
        var ids = MemoryMarshal.Cast<byte, int>(owner.Memory.Span)[..marks.Length];
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds && _copies[ids[i]].Rows > 1)
                marks[i] = RowMark.Violates;
        }
    }

    public override Verdict Finish(Verdict counted) => counted with
    {
        Outcome = _context.Decide(_checked, _failed),
        Checked = _checked,
        Failed = _failed,
        Samples = _samples.ToList(),
        CommonValues = _common.ToList(),
    };

    protected override void Dispose(bool disposing)
    {
        while (_keysOfRows.TryDequeue(out var owner))
            owner.Dispose();
        _keys.Dispose();
        _copies.Dispose();
        base.Dispose(disposing);
    }

    private void Count(RuleBatch batch, Span<RowMark> marks, ReadOnlySpan<int> ids)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] != RowMark.Holds)
                continue;
            ref var copies = ref _copies[ids[i]];
            var row = batch.RowNumber(i);
            _checked++;
            copies.Rows++;
            if (copies.Rows == 1)
            {
                copies.First = row;
                if (_context.KeyOrdinals.Count > 0)
                    _keysOfFirst[ids[i]] = batch.KeysOf(i);
                continue;
            }

            // Only the second row of a key tells that the first is a copy too; that one is gone, but its key is this row's.
            _failed += copies.Rows == 2 ? 2 : 1;
            Keep(batch, i, ids[i], copies);
        }
    }

    private void Keep(RuleBatch batch, int row, int id, Copies copies)
    {
        if (copies.Rows == 2 && _samples.Wants(copies.First))
        {
            var keys = _keysOfFirst.TryGetValue(id, out var kept) ? kept : [];
            _samples.Add(batch.Sample(row, _ordinals) with { Row = copies.First, File = null, Line = null, Keys = keys });
        }

        if (_samples.Wants(batch.RowNumber(row)))
            _samples.Add(batch.Sample(row, _ordinals));
        for (var i = copies.Rows == 2 ? 0 : 1; i < 2 && _common.Wants; i++)
        {
            var (text, json) = batch.ShortOf(row, _ordinals);
            _common.Add(text, json);
        }
    }

    private void Map(RuleBatch batch, Span<int> ids)
    {
        var columns = new IArrowArray[_ordinals.Length];
        var owned = new List<IArrowArray>();
        try
        {
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = batch.Column(_ordinals[i]);
                if (!_context.NaNIsMissing || columns[i] is not (DoubleArray or FloatArray or HalfFloatArray))
                    continue;
                columns[i] = WithoutNaN(columns[i]);
                owned.Add(columns[i]);
            }

            _keys.Map(columns, ids);
        }
        finally
        {
            foreach (var column in owned)
                column.Dispose();
        }
    }

    /// <summary>Nulls in place of NaN, the one value that is not equal to itself.</summary>
    private IArrowArray WithoutNaN(IArrowArray column)
    {
        using var isValue = Comparison.Compare(ComparisonOperator.Equal, column, column, _context.Allocator);
        using var nulls = Constants.Nulls(column.Data.DataType, column.Length, _context.Allocator);
        return Nulls.IfElse(isValue, column, nulls, _context.Allocator);
    }

    private struct Copies
    {
        public long Rows;
        public long First;
    }
}
