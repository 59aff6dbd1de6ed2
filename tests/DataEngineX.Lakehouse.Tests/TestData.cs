namespace DataEngineX.Lakehouse.Tests;

/// <summary>Data of others that the tests read, in the repository.</summary>
internal static class TestData
{
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DataEngineX.slnx")))
                return Path.Combine(folder.FullName, "tests", "data", name);
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
