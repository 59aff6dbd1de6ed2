namespace DataEngineX.Lakehouse.Delta;

/// <summary>The paths of data files, which the log keeps as URIs.</summary>
internal static class DeltaPaths
{
    /// <summary>One text for all ways to write the same path.</summary>
    internal static string Decode(string path)
    {
        var text = Uri.UnescapeDataString(path);
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            text = "/" + text["file:".Length..].TrimStart('/');
        return text;
    }

    /// <summary>A path below the table's folder as the log has it.</summary>
    internal static string Encode(string path) =>
        string.Join('/', path.Split('/').Select(part => Uri.EscapeDataString(part).Replace("%3D", "=", StringComparison.Ordinal)));

    /// <summary>The key of a data file in the store.</summary>
    /// <exception cref="DataEngineXException">The file lies outside the store.</exception>
    internal static string ToKey(IObjectStore store, string folder, string decoded)
    {
        if (!decoded.StartsWith('/') && !decoded.Contains("://", StringComparison.Ordinal))
            return Checked(folder, decoded, $"{folder}/{decoded}");
        if (store.Location.IsFile)
        {
            var root = store.Location.LocalPath.Replace('\\', '/');
            if (!root.EndsWith('/'))
                root += "/";
            if (decoded.StartsWith(root, StringComparison.Ordinal))
                return Checked(folder, decoded, decoded[root.Length..]);
        }

        throw new DataEngineXException($"Table {folder} names the data file '{decoded}', which lies outside {store.Location} and is not read.");
    }

    private static string Checked(string folder, string decoded, string key) => ObjectKey.IsValid(key.TrimStart('/'))
        ? key
        : throw new DataEngineXException($"Table {folder} names the data file '{decoded}', which is not a path inside the table.");
}
