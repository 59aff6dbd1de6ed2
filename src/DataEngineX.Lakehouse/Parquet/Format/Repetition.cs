namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>How often a field stands in its parent; the numbers are those of the format.</summary>
internal enum Repetition
{
    Required = 0,
    Optional = 1,
    Repeated = 2,
}
