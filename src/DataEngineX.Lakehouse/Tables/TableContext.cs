using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>What reading and writing one table needs.</summary>
internal sealed record TableContext(DatasetId Id, string Folder, TableLog Log, IObjectStore Store, TimeProvider Clock, IFailpoints Failpoints);
