namespace DataEngineX.Lakehouse.Tables;

/// <summary>The operations as the log names them.</summary>
internal static class TableOperations
{
    internal const string Upsert = "upsert";

    internal const string ReplaceInPart = "replace in part";

    internal const string Restore = "restore";

    /// <summary>What the engine's name in the log starts with.</summary>
    internal const string EngineName = "DataEngineX/";

    /// <summary>The engine as the log names it.</summary>
    internal static string Engine { get; } = EngineName + (typeof(TableOperations).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");

    internal static string NameOf(WriteDisposition disposition) => disposition switch
    {
        WriteDisposition.Append => "append",
        WriteDisposition.Replace => "replace",
        WriteDisposition.Upsert => Upsert,
        _ => throw new ArgumentOutOfRangeException(nameof(disposition), disposition, "Unknown disposition."),
    };
}
