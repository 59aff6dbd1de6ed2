using DataEngineX.Lakehouse.Storage;
using DataEngineX.Testing.Conformance;

namespace DataEngineX.Lakehouse.Tests.Storage;

public sealed class LocalObjectStoreTests : ObjectStoreConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    public LocalObjectStoreTests() => Store = new LocalObjectStore(_folder["store"]);

    protected override IObjectStore Store { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_crash_left_behind_is_not_listed_and_does_not_block_the_name()
    {
        await Store.PutAsync("log/0", Bytes("zero"));
        await File.WriteAllTextAsync(_folder["store/log/.dex-tmp-torn"], "half a wri");
        Assert.Equal(["log/0"], (await ListAsync("")).Select(o => o.Key));
        Assert.True(await Store.PutIfAbsentAsync("log/1", Bytes("one")));
    }

    [Fact]
    public async Task Losing_a_race_leaves_no_temporary_file()
    {
        await Store.PutIfAbsentAsync("x", Bytes("one"));
        await Store.PutIfAbsentAsync("x", Bytes("two"));
        Assert.Equal(["x"], Directory.GetFiles(_folder["store"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_root_that_cannot_be_written_is_one_plain_sentence()
    {
        File.WriteAllText(_folder["file"], "not a folder");
        var error = Assert.Throws<DataEngineXException>(() => new LocalObjectStore(_folder["file/store"]));
        Assert.StartsWith($"The folder '{_folder["file/store"]}' cannot be written", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Two_stores_over_one_folder_see_each_other()
    {
        var other = new LocalObjectStore(_folder["store"]);
        await Store.PutAsync("shared/a", Bytes("x"));
        Assert.NotNull(await other.HeadAsync("shared/a"));
        Assert.False(await other.PutIfAbsentAsync("shared/a", Bytes("y")));
    }
}
