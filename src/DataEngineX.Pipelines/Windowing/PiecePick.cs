using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The value of one row of each frame: the first, the last or the n-th.</summary>
internal sealed class PiecePick(WindowFunction function, PieceBounds bounds, OperatorContext context) : PieceFrames(function, bounds, context)
{
    private readonly bool _isLast = function.Kind is WindowKind.Last or WindowKind.RollingLast;
    private readonly int _row = function.Column.Nth() - 1;
    private IArrowArray? _kept;
    private long _seen;

    /// <summary>The same row for every frame that reaches it: the last of the partition, or one counted from its start.</summary>
    private bool IsOneRow => _isLast ? Frame.ToEnd : Frame.FromStart;

    public override bool NeedsSurvey => _isLast ? Frame.ToEnd : Frame.IsWhole && _row > 0;

    public override void Survey(RecordBatch rows, ReadOnlySpan<bool> peers)
    {
        if (!NeedsSurvey)
            return;
        if (_isLast)
            Keep(rows, rows.Length - 1);
        else if (_row >= _seen && _row < _seen + rows.Length)
            Keep(rows, (int)(_row - _seen));
        _seen += rows.Length;
    }

    public override IArrowArray Compute(in Piece piece, int from, int to)
    {
        if (IsOneRow && _isLast)
            return LastOf(From[from..to], piece.Length);
        if (IsOneRow && _kept is not null)
            return FramePicks.Repeat(_kept.Data, to - from, Context.Allocator);
        using var values = Evaluate(piece.Rows);
        if (IsOneRow)
        {
            var row = NeedsSurvey ? int.MaxValue : (int)Math.Min(int.MaxValue, _row - piece.Start);
            return FramePicks.Row(values.Data, row, To[from..to], Context.Allocator);
        }

        return _isLast
            ? FramePicks.Last(values.Data, From[from..to], To[from..to], Context.Allocator)
            : FramePicks.Nth(values.Data, From[from..to], To[from..to], _row + 1, Context.Allocator);
    }

    public override void GiveUp(in Piece piece, int rows)
    {
        if (IsOneRow && !NeedsSurvey && _row >= piece.Start && _row < piece.Start + rows)
            Keep(piece.Rows, (int)(_row - piece.Start));
    }

    public override void Dispose()
    {
        _kept?.Dispose();
        _kept = null;
        base.Dispose();
    }

    protected override int ReadyTo(int length)
    {
        var ready = base.ReadyTo(length);
        // Of a frame to the end, the row looked for must be at hand.
        return Frame.ToEnd && !IsOneRow ? Math.Min(ready, FirstAtLeast(From, length - _row)) : ready;
    }

    /// <summary>The last row of the partition, except in frames that begin behind it.</summary>
    private IArrowArray LastOf(ReadOnlySpan<int> from, int length)
    {
        var filled = FirstAtLeast(from, length);
        var all = FramePicks.Repeat(_kept!.Data, filled, Context.Allocator);
        if (filled == from.Length)
            return all;
        using (all)
        {
            using var none = Constants.Nulls(_kept.Data.DataType, from.Length - filled, Context.Allocator);
            return Concatenation.Concat([all, none], Context.Allocator);
        }
    }

    private void Keep(RecordBatch rows, int row)
    {
        using var one = rows.SliceShared(row, 1);
        using var value = Evaluate(one);
        _kept?.Dispose();
        _kept = null;
        _kept = Gather.Run(Function.Kind.ToString(), value.Data, [0, -1], Context.Allocator);
    }
}
