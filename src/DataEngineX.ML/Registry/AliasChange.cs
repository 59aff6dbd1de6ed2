namespace DataEngineX.ML;

/// <summary>One move of an alias, as the audit trail keeps it.</summary>
/// <param name="Alias">The alias.</param>
/// <param name="Sequence">The number of the move, counted from 1 for each alias.</param>
/// <param name="Version">The version it points at since.</param>
/// <param name="Previous">The version it pointed at before, or null.</param>
/// <param name="Actor">Who moved it.</param>
/// <param name="At">When.</param>
public sealed record AliasChange(string Alias, int Sequence, int Version, int? Previous, string Actor, DateTimeOffset At);
