using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A column over frames. The rows of a frame with two ends must fit the memory budget.</summary>
internal abstract class PieceFrames(WindowFunction function, PieceBounds bounds, OperatorContext context) : PieceColumn
{
    protected OperatorContext Context => context;

    protected WindowFunction Function => function;

    protected FramePlan Frame => bounds.Frame;

    protected ReadOnlySpan<int> From => bounds.From;

    protected ReadOnlySpan<int> To => bounds.To;

    public override int ReadyTo(in Piece piece) => piece.IsLast ? piece.Length : ReadyTo(piece.Length);

    public override int KeepFrom(in Piece piece, int next)
    {
        if (next == 0)
            return 0;
        if (Frame.CountsRows)
        {
            // What a frame without a start no longer reaches is in the head; what it will reach only later must stay.
            var back = Frame.Frame.Preceding ?? -Math.Min(0, Frame.Frame.Following ?? 0);
            return (int)Math.Clamp(next - back, 0, next);
        }

        // Frames begin and end no earlier from row to row; the last row of one without a start may be asked for.
        var row = Math.Min(next, piece.Length - 1);
        return Math.Min(next, Frame.FromStart ? Math.Max(0, To[row] - 1) : From[row]);
    }

    /// <summary>The end of the rows whose frames will not change with what follows.</summary>
    protected virtual int ReadyTo(int length)
    {
        // A frame that begins behind what is at hand does not begin with what follows.
        if (Frame.ToEnd)
            return Frame.FromStart ? length : FirstAtLeast(From, length);
        if (Frame.CountsRows)
            return (int)Math.Clamp(length - Math.Max(0, Frame.Frame.Following!.Value), 0, length);
        return FirstAtLeast(To, length);
    }

    /// <summary>The first of ascending numbers that is not below a limit.</summary>
    protected static int FirstAtLeast(ReadOnlySpan<int> ascending, int limit)
    {
        var at = ascending.BinarySearch(limit);
        at = at < 0 ? ~at : at;
        while (at > 0 && ascending[at - 1] >= limit)
            at--;
        return at;
    }

    protected IArrowArray Evaluate(RecordBatch rows) => function.Value!.Evaluate(rows, context.Parameters, context.Allocator);
}
