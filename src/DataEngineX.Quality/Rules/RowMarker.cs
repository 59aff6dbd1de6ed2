namespace DataEngineX.Quality;

/// <summary>Marks the rows of a batch, each by itself.</summary>
/// <param name="batch">The rows, borrowed.</param>
/// <param name="marks">
/// One mark a row. Rows left out by <c>Where</c> are <see cref="RowMark.Skipped"/> already and stay so whatever is written; all others are
/// <see cref="RowMark.Holds"/>.
/// </param>
public delegate void RowMarker(RuleBatch batch, Span<RowMark> marks);
