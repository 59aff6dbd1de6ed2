using Apache.Arrow;

namespace LakehouseExplorer.Asking;

/// <summary>Rows that answer a question.</summary>
/// <param name="Schema">Their columns.</param>
/// <param name="Batches">The rows; whoever reads them owns each batch.</param>
/// <param name="Total">How many there are, where that is known beforehand.</param>
public sealed record Answer(Schema Schema, IAsyncEnumerable<RecordBatch> Batches, long? Total = null);
