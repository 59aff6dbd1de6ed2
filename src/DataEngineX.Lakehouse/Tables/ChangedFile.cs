using Apache.Arrow;
using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>A file, some rows of which a version changed.</summary>
/// <param name="File">The file, with the deletion vector that it has after the change.</param>
/// <param name="Kind">What happened to the rows; null when the file itself says so, row by row.</param>
/// <param name="Before">The deletion vector that the file had before, when it was there.</param>
/// <param name="IsDifference">Whether only the rows between the two vectors changed.</param>
internal sealed record ChangedFile(DataFile File, string? Kind, DeletionVectorSpec? Before = null, bool IsDifference = false)
{
    internal const string Insert = "insert";

    internal const string Delete = "delete";

    internal const string UpdateBefore = "update_preimage";

    internal const string UpdateAfter = "update_postimage";

    /// <summary>What may happen to a row, for errors.</summary>
    internal static string Kinds => $"{Insert}, {Delete}, {UpdateBefore} and {UpdateAfter}";

    /// <summary>The first of what a change file says of its rows that is not known; null where all is.</summary>
    internal static string? FirstUnknown(StringArray kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            var kind = kinds.GetBytes(i);
            if (!kind.SequenceEqual("insert"u8) && !kind.SequenceEqual("delete"u8) && !kind.SequenceEqual("update_preimage"u8) && !kind.SequenceEqual("update_postimage"u8))
                return kinds.GetString(i) ?? "null";
        }

        return null;
    }

    /// <summary>The files to read for the changes of one version: those written for it, else what was added and removed.</summary>
    internal static IReadOnlyList<ChangedFile> Of(LogEntry entry)
    {
        var written = entry.Actions.Where(a => a.Cdc is not null).Select(a => new ChangedFile(Of(a.Cdc!), null)).ToList();
        if (written.Count > 0)
            return written;
        var adds = new Dictionary<string, AddAction>(StringComparer.Ordinal);
        foreach (var add in entry.Actions.Where(a => a.Add is { DataChange: true }).Select(a => a.Add!))
            adds[DeltaPaths.Decode(add.Path)] = add; // A file that a careless writer names twice is there once.
        var changes = new List<ChangedFile>();
        foreach (var remove in entry.Actions.Where(a => a.Remove is { DataChange: true }).Select(a => a.Remove!))
        {
            var path = DeltaPaths.Decode(remove.Path);
            if (!adds.Remove(path, out var add))
            {
                changes.Add(new ChangedFile(Of(path, remove), Delete));
                continue;
            }

            var file = new DataFile(path, add);
            changes.Add(new ChangedFile(file, Delete, remove.DeletionVector, IsDifference: true));
            changes.Add(new ChangedFile(file, Insert, remove.DeletionVector, IsDifference: true));
        }

        changes.AddRange(adds.Select(a => new ChangedFile(new DataFile(a.Key, a.Value), Insert)));
        return changes;
    }

    private static DataFile Of(ChangeFileAction cdc) =>
        new(DeltaPaths.Decode(cdc.Path), new AddAction { Path = cdc.Path, PartitionValues = cdc.PartitionValues, Size = cdc.Size });

    private static DataFile Of(string path, RemoveAction remove) => new(path, new AddAction
    {
        Path = remove.Path,
        PartitionValues = remove.PartitionValues ?? [],
        Size = remove.Size ?? 0,
        Stats = remove.Stats,
        DeletionVector = remove.DeletionVector,
    });
}
