using DataEngineX.Lakehouse.Delta;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>What reading and writing one table needs.</summary>
internal sealed record TableContext(DatasetId Id, string Folder, TableLog Log, IObjectStore Store, TimeProvider Clock, IFailpoints Failpoints)
{
    /// <summary>Runs the plans of changes.</summary>
    internal required FlowReader Engine { get; init; }

    /// <summary>Which texts its files keep behind dictionaries, as far as was looked.</summary>
    internal TextDictionaryColumns Dictionaries { get; } = new();

    /// <summary>Memory budget and scratch folder of changes.</summary>
    internal required EngineOptions Options { get; init; }
}
