namespace DataEngineX.Lakehouse.Tables;

/// <summary>The operations as the log names them.</summary>
internal static class TableOperations
{
    internal const string Upsert = "upsert";

    internal const string Merge = "merge";

    internal const string Replace = "replace";

    internal const string Delete = "delete";

    internal const string Update = "update";

    internal const string Compact = "optimize";

    internal const string Restore = "restore";

    /// <summary>What the engine's name in the log starts with.</summary>
    internal const string EngineName = "DataEngineX/";

    /// <summary>The engine as the log names it.</summary>
    internal static string Engine { get; } = EngineName + (typeof(TableOperations).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");

    internal static string NameOf(WriteDisposition disposition) => disposition switch
    {
        WriteDisposition.Append => "append",
        WriteDisposition.Replace => Replace,
        WriteDisposition.Upsert => Upsert,
        WriteDisposition.ReplacePartition => "replace partition",
        WriteDisposition.DeleteInsert => "delete-insert",
        WriteDisposition.InsertOnly => "insert-only",
        WriteDisposition.History => "history",
        WriteDisposition.Merge => Merge,
        _ => throw new ArgumentOutOfRangeException(nameof(disposition), disposition, "Unknown disposition."),
    };
}
