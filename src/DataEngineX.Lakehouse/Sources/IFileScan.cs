using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>A way to read files whose columns are known.</summary>
internal interface IFileScan
{
    /// <summary>The columns of the rows: those of the files, then file and line.</summary>
    Schema Schema { get; }

    /// <summary>Reads files in parts.</summary>
    /// <param name="files">The files.</param>
    /// <param name="source">The dataset that they are.</param>
    /// <param name="request">What to yield.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    IAsyncEnumerable<BatchPart> PartsAsync(IEnumerable<ScanFile> files, DatasetId source, ScanRequest request, CancellationToken cancellationToken);

    /// <summary>Reads refused rows again.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="source">The dataset that refused them.</param>
    /// <param name="request">What to yield.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, DatasetId source, ScanRequest request, CancellationToken cancellationToken);
}
