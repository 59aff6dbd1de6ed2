namespace DataEngineX.Lakehouse.Delta;

/// <summary>Sums over the files of a version.</summary>
/// <param name="Files">How many there are.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Rows">The rows in those whose number the log tells, without deleted ones.</param>
/// <param name="Uncounted">How many files there are whose number of rows the log does not tell.</param>
internal readonly record struct FileTotals(int Files, long Bytes, long Rows, int Uncounted)
{
    internal FileTotals Plus(FileNumbers numbers, FileExtras? extras, int sign) => new(
        Files + sign,
        Bytes + (sign * numbers.Size),
        Rows + (numbers.StoredRows < 0 ? 0 : sign * (numbers.StoredRows - (extras?.DeletionVector?.Cardinality ?? 0))),
        Uncounted + (numbers.StoredRows < 0 ? sign : 0));
}
