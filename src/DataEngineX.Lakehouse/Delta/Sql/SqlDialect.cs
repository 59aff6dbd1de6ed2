namespace DataEngineX.Lakehouse.Delta.Sql;

/// <summary>How much of SQL is understood.</summary>
internal enum SqlDialect
{
    /// <summary>What means exactly the same to all engines that enforce the constraints of a table.</summary>
    Constraint,

    /// <summary>All that the engine has: what a reader of a table may ask.</summary>
    Condition,
}
