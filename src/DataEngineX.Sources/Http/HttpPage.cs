namespace DataEngineX.Sources;

/// <summary>What is known of a page that was read.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Address">Where it was asked for.</param>
/// <param name="Rows">The rows on it.</param>
/// <param name="RowsBefore">The rows on the pages before.</param>
/// <param name="Next">The text at the body path of the paging, or null.</param>
/// <param name="Links">The values of its <c>Link</c> headers.</param>
internal sealed record HttpPage(int Number, Uri Address, int Rows, long RowsBefore, string? Next, IReadOnlyList<string> Links);
