using DataEngineX.Lakehouse.Delta;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>The objects that a data file consists of.</summary>
internal static class FileKeys
{
    /// <summary>The keys of the file and of its deletion vector, where that has a file.</summary>
    /// <exception cref="DataEngineXException">One lies outside the store.</exception>
    internal static IEnumerable<string> Of(TableContext table, string path, DeletionVectorSpec? vector)
    {
        yield return DeltaPaths.ToKey(table.Store, table.Folder, path);
        if (vector is { StorageType: not "i" })
            yield return DeletionVectors.Key(table.Store, table.Folder, vector);
    }
}
