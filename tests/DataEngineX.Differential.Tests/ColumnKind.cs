namespace DataEngineX.Differential.Tests;

/// <summary>The types of random columns.</summary>
internal enum ColumnKind
{
    Integer,
    Long,
    Double,
    Text,
    Flag,
    Date,
}
