using System.Text;

namespace DataEngineX.Lakehouse.Tests.Storage;

/// <summary>What every object store must do. One subclass per store.</summary>
public abstract class ObjectStoreConformance
{
    protected abstract IObjectStore Store { get; }

    public static TheoryData<string> MalformedKeys =>
    [
        "", "/rooted", "a//b", "a/", "../up", "a/../b", "a/..", ".", "a/./b", "a\\b", "line\nbreak", "nul\0", "C:/x", ".dex-tmp-x", "a/.dex-tmp-x",
    ];

    [Fact]
    public async Task What_was_put_is_read_back()
    {
        await Store.PutAsync("a/b.txt", Bytes("hello"));
        await Store.PutAsync("a/b.txt", new MemoryStream([1, 2, 3]));
        await using var stream = await Store.OpenReadAsync("a/b.txt");
        Assert.True(stream.CanSeek);
        Assert.Equal(3, stream.Length);
        stream.Position = 1;
        Assert.Equal(2, stream.ReadByte());
    }

    [Fact]
    public async Task Put_if_absent_keeps_the_first()
    {
        Assert.True(await Store.PutIfAbsentAsync("x/1", Bytes("one")));
        Assert.False(await Store.PutIfAbsentAsync("x/1", Bytes("two")));
        Assert.Equal("one", await Read("x/1"));
    }

    [Fact]
    public async Task Of_sixteen_racing_creators_exactly_one_wins_and_its_content_stays()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"race/{round:D3}";
            using var start = new Barrier(16);
            var racers = Enumerable.Range(0, 16).Select(i => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Store.PutIfAbsentAsync(key, Bytes($"writer {i}")).AsTask().GetAwaiter().GetResult();
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            var won = await Task.WhenAll(racers);
            Assert.Equal(1, won.Count(w => w));
            Assert.Equal($"writer {Array.IndexOf(won, true)}", await Read(key));
        }
    }

    [Fact]
    public async Task Listing_is_ordinal_deep_and_limited_to_the_prefix()
    {
        foreach (var key in new[] { "t/b", "t/B", "t/a/z", "t/a-z", "t/é", "t/10", "t/9", "u/1" })
            await Store.PutAsync(key, Bytes(key));
        var listed = await List("t/");
        Assert.Equal(["t/10", "t/9", "t/B", "t/a-z", "t/a/z", "t/b", "t/é"], listed.Select(o => o.Key));
        Assert.All(listed, o => Assert.Equal(Encoding.UTF8.GetByteCount(o.Key), o.Size));
        Assert.Equal(["t/a-z", "t/a/z"], (await List("t/a")).Select(o => o.Key));
        Assert.Equal(["t/b", "t/é"], (await List("t/", "t/a/z")).Select(o => o.Key));
        Assert.Empty(await List("nothing/"));
        Assert.Equal(8, (await List("")).Count);
    }

    [Fact]
    public async Task A_streamed_object_is_not_seen_before_its_commit()
    {
        await using (var writer = await Store.CreateAsync("s/one"))
        {
            await writer.Stream.WriteAsync(Bytes("content"));
            await writer.Stream.FlushAsync();
            Assert.Null(await Store.HeadAsync("s/one"));
            Assert.Empty(await List("s/"));
            Assert.Equal(7, await writer.CommitAsync());
        }

        Assert.Equal("content", await Read("s/one"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var twice = await Store.CreateAsync("s/two");
            await twice.CommitAsync();
            await twice.CommitAsync();
        });
    }

    [Fact]
    public async Task A_streamed_object_that_is_not_committed_leaves_nothing()
    {
        await using (var writer = await Store.CreateAsync("s/lost"))
            await writer.Stream.WriteAsync(Bytes("content"));
        Assert.Null(await Store.HeadAsync("s/lost"));
        Assert.Empty(await List(""));
    }

    [Fact]
    public async Task Ranges_end_where_the_object_ends()
    {
        await Store.PutAsync("r", Bytes("0123456789"));
        var buffer = new byte[4];
        Assert.Equal(4, await Store.ReadRangeAsync("r", 2, buffer));
        Assert.Equal("2345", Encoding.UTF8.GetString(buffer));
        Assert.Equal(2, await Store.ReadRangeAsync("r", 8, buffer));
        Assert.Equal(0, await Store.ReadRangeAsync("r", 10, buffer));
        Assert.Equal(0, await Store.ReadRangeAsync("r", 99, buffer));
    }

    [Fact]
    public async Task Head_and_delete_tell_whether_there_was_an_object()
    {
        Assert.Null(await Store.HeadAsync("d/1"));
        Assert.False(await Store.DeleteAsync("d/1"));
        await Store.PutAsync("d/1", Bytes("x"));
        Assert.Equal(1, (await Store.HeadAsync("d/1"))!.Size);
        Assert.True(await Store.DeleteAsync("d/1"));
        Assert.Null(await Store.HeadAsync("d/1"));
        Assert.True(await Store.PutIfAbsentAsync("d/1", Bytes("y")));
    }

    [Fact]
    public async Task A_missing_object_is_named_in_the_error()
    {
        var error = await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await Store.OpenReadAsync("no/such"));
        Assert.Contains("no/such", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await Store.ReadRangeAsync("no/such", 0, new byte[1]));
    }

    [Theory]
    [MemberData(nameof(MalformedKeys))]
    public async Task A_malformed_key_is_refused_everywhere(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PutAsync(key, Bytes("x")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PutAsync(key, new MemoryStream()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PutIfAbsentAsync(key, Bytes("x")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.OpenReadAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ReadRangeAsync(key, 0, new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.CreateAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.DeleteAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.HeadAsync(key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await List("../"));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected async Task<List<ObjectInfo>> List(string prefix, string? startAfter = null)
    {
        var found = new List<ObjectInfo>();
        await foreach (var info in Store.ListAsync(prefix, startAfter))
            found.Add(info);
        return found;
    }

    private async Task<string> Read(string key)
    {
        using var reader = new StreamReader(await Store.OpenReadAsync(key));
        return await reader.ReadToEndAsync();
    }
}
