namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>What a writer process did.</summary>
/// <param name="Added">What it added to each counter.</param>
/// <param name="Own">The keys of its rows that are still there.</param>
/// <param name="Conflicts">How often it had to try again.</param>
public sealed record WriterReport(Dictionary<string, double> Added, List<long> Own, int Conflicts);
