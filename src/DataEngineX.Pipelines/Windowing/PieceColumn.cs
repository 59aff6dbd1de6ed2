using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// A window column computed piece by piece over one partition, with what it must know of the rows given up. Some need the end of the partition:
/// they see all pieces once before the first is computed.
/// </summary>
internal abstract class PieceColumn : IDisposable
{
    /// <summary>All pieces must be surveyed before the first is computed.</summary>
    public virtual bool NeedsSurvey => false;

    /// <summary>Makes the column of a function; the bounds are those of its frame, null where it has none.</summary>
    public static PieceColumn Create(WindowFunction function, PieceBounds? bounds, OperatorContext context) => function.Kind switch
    {
        _ when function.Value is null => new PieceRanking(function.Kind, function.Column.Rows, context.Allocator),
        _ when bounds is null => new PieceShift(function, context),
        _ when WindowAggregates.Of(function.Kind) is { } aggregate => new PieceAggregate(function, aggregate, bounds, context),
        _ => new PiecePick(function, bounds, context),
    };

    /// <summary>Looks at a batch of the partition before any is computed.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="peers">Marks each row that is not equal to the one before it; empty where no column looks at it.</param>
    public virtual void Survey(RecordBatch rows, ReadOnlySpan<bool> peers)
    {
    }

    /// <summary>Ends the survey.</summary>
    public virtual void EndSurvey()
    {
    }

    /// <summary>The end of the rows for which enough of the partition is known.</summary>
    public virtual int ReadyTo(in Piece piece) => piece.Length;

    /// <summary>The column of rows from one to another.</summary>
    public abstract IArrowArray Compute(in Piece piece, int from, int to);

    /// <summary>The first of the rows at hand that must be kept when those up to <paramref name="next"/> have been put out.</summary>
    public virtual int KeepFrom(in Piece piece, int next) => next;

    /// <summary>Gives up the first rows.</summary>
    public virtual void GiveUp(in Piece piece, int rows)
    {
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
