namespace DataEngineX.Quality;

/// <summary>Tests the rows of a batch, 64 to a word.</summary>
/// <param name="batch">The rows.</param>
/// <param name="skipped">The rows that are not checked; the test adds those it does not check.</param>
/// <param name="fails">Zero at first; gets the rows that violate. What is set for a row that is not checked does not count.</param>
internal delegate void RowTester(RuleBatch batch, Span<ulong> skipped, Span<ulong> fails);
