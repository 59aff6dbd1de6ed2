using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>An aggregate over frames. Frames to the end of the partition include what the survey made of the pieces that follow.</summary>
internal sealed class PieceAggregate(WindowFunction function, AggregateKind kind, PieceBounds bounds, OperatorContext context)
    : PieceFrames(function, bounds, context)
{
    private readonly FrameAggregate _aggregate = FrameAggregate.Create(kind, function.Value!.Type);

    public override bool NeedsSurvey => Frame.ToEnd;

    public override void Survey(RecordBatch rows, ReadOnlySpan<bool> peers)
    {
        if (!Frame.ToEnd)
            return;
        using var values = Evaluate(rows);
        _aggregate.AddPiece(values.Data);
    }

    public override void EndSurvey() => _aggregate.EndPieces();

    public override IArrowArray Compute(in Piece piece, int from, int to)
    {
        var minRows = Function.Column.MinRows;
        if (Frame.IsWhole)
            return _aggregate.Total(to - from, minRows, Context.Allocator);
        using var values = Evaluate(piece.Rows);
        return _aggregate.Run(values.Data, From[from..to], To[from..to], minRows, Frame.ToEnd ? piece.Batches : -1, Context.Allocator);
    }

    public override void GiveUp(in Piece piece, int rows)
    {
        if (!Frame.FromStart || Frame.ToEnd || rows == 0)
            return;
        using var given = piece.Rows.SliceShared(0, rows);
        using var values = Evaluate(given);
        _aggregate.GiveUp(values.Data);
    }
}
