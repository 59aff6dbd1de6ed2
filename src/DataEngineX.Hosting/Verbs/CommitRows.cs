using System.Globalization;

namespace DataEngineX.Hosting.Verbs;

/// <summary>How many rows a commit added and removed, in words.</summary>
internal static class CommitRows
{
    public static string Of(TableCommit commit) => $"+{Told(commit.RowsAdded)} -{Told(commit.RowsRemoved)} rows";

    private static string Told(long? rows) => rows?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
