namespace DataEngineX.AspNetCore;

/// <summary>A table with all that is known of it.</summary>
internal sealed record DatasetStatus(ITable Table, TableSnapshot Snapshot, FreshnessDto Freshness, DatasetEvidence? Evidence);
