namespace DataEngineX.Lakehouse.Parquet;

/// <summary>How the Parquet files of a pipeline are read.</summary>
public sealed record ParquetScanOptions
{
    /// <summary>
    /// Whether texts that the first file stores behind dictionaries stay indices into them, as columns of type <c>dictionary&lt;utf8&gt;</c>:
    /// filters and sorts then move numbers instead of texts, and a grouping looks at each distinct text once.
    /// </summary>
    /// <value>False: they become texts.</value>
    public bool KeepDictionaries { get; init; }
}
