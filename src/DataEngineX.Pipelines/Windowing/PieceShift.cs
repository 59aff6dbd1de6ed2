using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The value of a row before or after. The rows between must fit the memory budget.</summary>
internal sealed class PieceShift(WindowFunction function, OperatorContext context) : PieceColumn
{
    private readonly int _back = function.Kind == WindowKind.Lag ? function.Column.Rows : -function.Column.Rows;

    public override int ReadyTo(in Piece piece) =>
        piece.IsLast ? piece.Length : (int)Math.Clamp((long)piece.Length + _back, 0, piece.Length);

    public override IArrowArray Compute(in Piece piece, int from, int to)
    {
        using var rented = new Rented<int>(to - from);
        var rows = rented.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = (long)from + i - _back;
            rows[i] = row >= 0 && row < piece.Length ? (int)row : -1;
        }

        using var values = function.Value!.Evaluate(piece.Rows, context.Parameters, context.Allocator);
        return Gather.Run(function.Kind.ToString(), values.Data, rows, context.Allocator);
    }

    public override int KeepFrom(in Piece piece, int next) => (int)Math.Clamp((long)next - _back, 0, next);
}
