using DataEngineX.Hosting.Tests.Support;
using DataEngineX.Testing.Conformance;
using Microsoft.Data.Sqlite;

namespace DataEngineX.Hosting.Tests.Metadata;

public sealed class SqliteMetadataStoreTests : MetadataStoreConformance, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<SqliteMetadataStore> _stores = [];

    private string File => _folder.Below("state", SqliteMetadataStore.FileName);

    public void Dispose()
    {
        foreach (var store in _stores)
            store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_in_one_sentence()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, new string('x', 8192));

        var error = await Assert.ThrowsAnyAsync<DataEngineXException>(async () => await Open(Clock).InitializeAsync());

        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        Assert.Contains("is not a SQLite database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await Open(Clock).InitializeAsync();
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            command.ExecuteNonQuery();
        }

        var error = await Assert.ThrowsAnyAsync<DataEngineXException>(async () => await Open(Clock).InitializeAsync());

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await System.IO.File.WriteAllTextAsync(_folder.Below("state"), "a file where the folder should be");

        var error = await Assert.ThrowsAsync<DataEngineXException>(async () => await Open(Clock).InitializeAsync());

        Assert.Contains(File, error.Message, StringComparison.Ordinal);
    }

    protected override IMetadataStore Open(TimeProvider leaseClock)
    {
        var store = new SqliteMetadataStore(File, leaseClock);
        _stores.Add(store);
        return store;
    }
}
