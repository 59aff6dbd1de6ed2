using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>A way to read files whose columns are known.</summary>
internal interface IFileScan
{
    /// <summary>The columns of the rows: those of the files, then file and line.</summary>
    Schema Schema { get; }

    /// <summary>Reads files in parts.</summary>
    IAsyncEnumerable<BatchPart> PartsAsync(IEnumerable<ScanFile> files, ScanRequest request, CancellationToken cancellationToken);
}
