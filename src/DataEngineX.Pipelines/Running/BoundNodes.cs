using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A bound plan.</summary>
/// <param name="Described">As it was described.</param>
/// <param name="Root">As it is run.</param>
internal sealed record BoundNodes(BoundNode Described, BoundNode Root);
