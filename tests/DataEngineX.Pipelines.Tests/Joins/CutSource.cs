using DataEngineX.Pipelines.Tests.Engine;

namespace DataEngineX.Pipelines.Tests.Joins;

/// <summary>Rows of a join in batches of random lengths.</summary>
internal sealed class CutSource(string name, IReadOnlyList<JoinRow> rows, int seed, int most) : CutSource<JoinRow>(name, rows, seed, most);
