using System.Text;
using Xunit;

namespace DataEngineX.Testing.Conformance;

/// <summary>What every object store must hold to. A test class for a store derives from it and says which store; each test gets an empty one.</summary>
public abstract class ObjectStoreConformance
{
    private const int Racers = 16;

    /// <summary>The store of this test.</summary>
    protected abstract IObjectStore Store { get; }

    /// <summary>A write ends where a process dies. Stores whose writes leave something behind in another way than an abandoned
    /// <see cref="ObjectWriter"/> override it. <value>Default: a writer that got half of the content and is never heard of again.</value></summary>
    /// <param name="key">The key.</param>
    /// <param name="content">What was to be written.</param>
    protected virtual async Task DieWhileWritingAsync(string key, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var writer = await Store.CreateAsync(key).ConfigureAwait(false);
        await writer.Stream.WriteAsync(content.AsMemory(0, content.Length / 2)).ConfigureAwait(false);
        await writer.Stream.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>An object is read as it was put, whole and by a stream that seeks.</summary>
    [Fact]
    public async Task What_was_put_is_read_back()
    {
        await Store.PutAsync("a/b.txt", Bytes("hello")).ConfigureAwait(false);
        await Store.PutAsync("a/b.txt", new MemoryStream([1, 2, 3])).ConfigureAwait(false);
        await Store.PutAsync("a/empty", Array.Empty<byte>()).ConfigureAwait(false);
        var stream = await Store.OpenReadAsync("a/b.txt").ConfigureAwait(false);
        await using var reading = stream.ConfigureAwait(false);
        Assert.True(stream.CanSeek);
        Assert.Equal(3, stream.Length);
        stream.Position = 1;
        Assert.Equal(2, stream.ReadByte());
        Assert.Equal("", await ReadAsync("a/empty").ConfigureAwait(false));
    }

    /// <summary>Keys are what they are, whatever a file system or an address would make of their characters.</summary>
    [Fact]
    public async Task Keys_keep_their_characters()
    {
        string[] keys = ["part=a b/x+y%20z.txt", "part=a%20b/x", "ü/é.json", "~/#?&;@!$'(),"];
        foreach (var key in keys)
            await Store.PutAsync(key, Bytes(key)).ConfigureAwait(false);
        foreach (var key in keys)
            Assert.Equal(key, await ReadAsync(key).ConfigureAwait(false));
        Assert.Equal(keys.Order(StringComparer.Ordinal), (await ListAsync("").ConfigureAwait(false)).Select(o => o.Key));
    }

    /// <summary>An object larger than what stores send in one piece.</summary>
    [Fact]
    public async Task A_large_object_comes_back_whole()
    {
        var content = new byte[(9 << 20) + 17];
        new Random(7).NextBytes(content);
        var writer = await Store.CreateAsync("large").ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            for (var at = 0; at < content.Length; at += 1_000_003)
                await writer.Stream.WriteAsync(content.AsMemory(at, Math.Min(1_000_003, content.Length - at))).ConfigureAwait(false);
            Assert.Equal(content.Length, await writer.CommitAsync().ConfigureAwait(false));
        }

        var read = new byte[content.Length + 1];
        Assert.Equal(content.Length, await Store.ReadRangeAsync("large", 0, read).ConfigureAwait(false));
        Assert.True(content.AsSpan().SequenceEqual(read.AsSpan(0, content.Length)));
    }

    /// <summary>Where there is an object, putting one if absent changes nothing.</summary>
    [Fact]
    public async Task Put_if_absent_keeps_the_first()
    {
        Assert.True(await Store.PutIfAbsentAsync("x/1", Bytes("one")).ConfigureAwait(false));
        Assert.False(await Store.PutIfAbsentAsync("x/1", Bytes("two")).ConfigureAwait(false));
        Assert.Equal("one", await ReadAsync("x/1").ConfigureAwait(false));
    }

    /// <summary>Of many writers that race for a key one wins, knows it, and is the one who is read.</summary>
    [Fact]
    public async Task Of_sixteen_racing_creators_exactly_one_wins_and_its_content_stays()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"race/{round:D3}";
            using var start = new Barrier(Racers);
            var racers = Enumerable.Range(0, Racers).Select(i => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Store.PutIfAbsentAsync(key, Bytes($"writer {i}")).AsTask();
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
            var won = await Task.WhenAll(racers).ConfigureAwait(false);
            Assert.Equal(1, won.Count(w => w));
            Assert.Equal($"writer {Array.IndexOf(won, true)}", await ReadAsync(key).ConfigureAwait(false));
        }
    }

    /// <summary>Listings are in ordinal order, through all levels, and begin where they are told to.</summary>
    [Fact]
    public async Task Listing_is_ordinal_deep_and_limited_to_the_prefix()
    {
        foreach (var key in new[] { "t/b", "t/B", "t/a/z", "t/a-z", "t/é", "t/10", "t/9", "u/1" })
            await Store.PutAsync(key, Bytes(key)).ConfigureAwait(false);
        var listed = await ListAsync("t/").ConfigureAwait(false);
        Assert.Equal(["t/10", "t/9", "t/B", "t/a-z", "t/a/z", "t/b", "t/é"], listed.Select(o => o.Key));
        Assert.All(listed, o => Assert.Equal(Encoding.UTF8.GetByteCount(o.Key), o.Size));
        Assert.Equal(["t/a-z", "t/a/z"], (await ListAsync("t/a").ConfigureAwait(false)).Select(o => o.Key));
        Assert.Equal(["t/b", "t/é"], (await ListAsync("t/", "t/a/z").ConfigureAwait(false)).Select(o => o.Key));
        Assert.Equal(["t/b", "t/é"], (await ListAsync("t/", "t/aa").ConfigureAwait(false)).Select(o => o.Key));
        Assert.Empty(await ListAsync("t/", "t/ÿ").ConfigureAwait(false));
        Assert.Empty(await ListAsync("nothing/").ConfigureAwait(false));
        Assert.Equal(8, (await ListAsync("").ConfigureAwait(false)).Count);
    }

    /// <summary>Stores list in pages; nobody notices.</summary>
    [Fact]
    public async Task More_objects_than_a_page_are_listed_once_each()
    {
        var keys = Enumerable.Range(0, 1_203).Select(i => $"many/{i:D5}").ToList();
        await Parallel.ForEachAsync(keys, async (key, stop) => await Store.PutAsync(key, Bytes(key), stop).ConfigureAwait(false)).ConfigureAwait(false);
        Assert.Equal(keys, (await ListAsync("many/").ConfigureAwait(false)).Select(o => o.Key));
        Assert.Equal(keys.Skip(1_000), (await ListAsync("many/", "many/00999").ConfigureAwait(false)).Select(o => o.Key));
    }

    /// <summary>A stream that is written is nothing before its commit.</summary>
    [Fact]
    public async Task A_streamed_object_is_not_seen_before_its_commit()
    {
        var writer = await Store.CreateAsync("s/one").ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await writer.Stream.WriteAsync(Bytes("content")).ConfigureAwait(false);
            await writer.Stream.FlushAsync().ConfigureAwait(false);
            Assert.Null(await Store.HeadAsync("s/one").ConfigureAwait(false));
            Assert.Empty(await ListAsync("s/").ConfigureAwait(false));
            Assert.Equal(7, await writer.CommitAsync().ConfigureAwait(false));
        }

        Assert.Equal("content", await ReadAsync("s/one").ConfigureAwait(false));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            var twice = await Store.CreateAsync("s/two").ConfigureAwait(false);
            await using var closing = twice.ConfigureAwait(false);
            await twice.CommitAsync().ConfigureAwait(false);
            await twice.CommitAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>A stream that is given up leaves nothing.</summary>
    [Fact]
    public async Task A_streamed_object_that_is_not_committed_leaves_nothing()
    {
        var writer = await Store.CreateAsync("s/lost").ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
            await writer.Stream.WriteAsync(Bytes("content")).ConfigureAwait(false);
        Assert.Null(await Store.HeadAsync("s/lost").ConfigureAwait(false));
        Assert.Empty(await ListAsync("").ConfigureAwait(false));
    }

    /// <summary>Whoever dies while writing leaves what was there before, or nothing, and is in nobody's way.</summary>
    [Fact]
    public async Task A_writer_that_died_is_never_seen()
    {
        await Store.PutAsync("torn/old", Bytes("as it was")).ConfigureAwait(false);
        await DieWhileWritingAsync("torn/old", Bytes(new string('n', 100_000))).ConfigureAwait(false);
        await DieWhileWritingAsync("torn/new", Bytes(new string('n', 100_000))).ConfigureAwait(false);
        Assert.Equal("as it was", await ReadAsync("torn/old").ConfigureAwait(false));
        Assert.Equal(["torn/old"], (await ListAsync("torn/").ConfigureAwait(false)).Select(o => o.Key));
        Assert.Null(await Store.HeadAsync("torn/new").ConfigureAwait(false));
        await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await Store.OpenReadAsync("torn/new").ConfigureAwait(false)).ConfigureAwait(false);
        Assert.True(await Store.PutIfAbsentAsync("torn/new", Bytes("another one")).ConfigureAwait(false));
        Assert.Equal("another one", await ReadAsync("torn/new").ConfigureAwait(false));
    }

    /// <summary>A source that fails half-way puts nothing.</summary>
    [Fact]
    public async Task A_source_that_fails_half_way_leaves_what_was_there()
    {
        await Store.PutAsync("half/old", Bytes("as it was")).ConfigureAwait(false);
        foreach (var key in new[] { "half/old", "half/new" })
            await Assert.ThrowsAnyAsync<Exception>(async () => await Store.PutAsync(key, new TornStream(100_000)).ConfigureAwait(false)).ConfigureAwait(false);
        Assert.Equal("as it was", await ReadAsync("half/old").ConfigureAwait(false));
        Assert.Equal(["half/old"], (await ListAsync("half/").ConfigureAwait(false)).Select(o => o.Key));
    }

    /// <summary>A write that is stopped before it began puts nothing.</summary>
    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        var stopped = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.PutAsync("c/1", Bytes("x"), stopped).ConfigureAwait(false)).ConfigureAwait(false);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.PutIfAbsentAsync("c/2", Bytes("x"), stopped).ConfigureAwait(false)).ConfigureAwait(false);
        Assert.Empty(await ListAsync("c/").ConfigureAwait(false));
    }

    /// <summary>While an object is replaced over and over, every read sees one version whole.</summary>
    [Fact]
    public async Task Readers_of_an_object_that_is_replaced_see_one_version_whole()
    {
        const int Versions = 120;
        await Store.PutAsync("turn", Version(0)).ConfigureAwait(false);
        var over = false;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            while (!Volatile.Read(ref over) || reads == 0)
            {
                Whole(Encoding.UTF8.GetBytes(await ReadAsync("turn").ConfigureAwait(false)));
                var buffer = new byte[70_000];
                Whole(buffer.AsSpan(0, await Store.ReadRangeAsync("turn", 0, buffer).ConfigureAwait(false)));
                Assert.Equal(["turn"], (await ListAsync("turn").ConfigureAwait(false)).Select(o => o.Key));
                reads++;
            }
        })).ToList();
        for (var version = 1; version < Versions; version++)
            await Store.PutAsync("turn", Version(version)).ConfigureAwait(false);
        Volatile.Write(ref over, true);
        await Task.WhenAll(readers).ConfigureAwait(false);
    }

    /// <summary>A stream that is open goes on with what it began with.</summary>
    [Fact]
    public async Task A_stream_opened_before_a_replacement_reads_the_old_version()
    {
        await Store.PutAsync("open", Bytes(new string('o', 200_000))).ConfigureAwait(false);
        using var reader = new StreamReader(await Store.OpenReadAsync("open").ConfigureAwait(false));
        Assert.Equal('o', (char)reader.Read());
        await Store.PutAsync("open", Bytes(new string('n', 10))).ConfigureAwait(false);
        Assert.Equal(new string('o', 199_999), await reader.ReadToEndAsync().ConfigureAwait(false));
        Assert.Equal(new string('n', 10), await ReadAsync("open").ConfigureAwait(false));
    }

    /// <summary>Ranges are filled as far as the object reaches.</summary>
    [Fact]
    public async Task Ranges_end_where_the_object_ends()
    {
        await Store.PutAsync("r", Bytes("0123456789")).ConfigureAwait(false);
        var buffer = new byte[4];
        Assert.Equal(4, await Store.ReadRangeAsync("r", 2, buffer).ConfigureAwait(false));
        Assert.Equal("2345", Encoding.UTF8.GetString(buffer));
        Assert.Equal(2, await Store.ReadRangeAsync("r", 8, buffer).ConfigureAwait(false));
        Assert.Equal("89", Encoding.UTF8.GetString(buffer, 0, 2));
        Assert.Equal(0, await Store.ReadRangeAsync("r", 10, buffer).ConfigureAwait(false));
        Assert.Equal(0, await Store.ReadRangeAsync("r", 99, buffer).ConfigureAwait(false));
        Assert.Equal(0, await Store.ReadRangeAsync("r", 3, Memory<byte>.Empty).ConfigureAwait(false));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadRangeAsync("r", -1, buffer).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Looking at and deleting an object tell whether it was there; what is gone may come again.</summary>
    [Fact]
    public async Task Head_and_delete_tell_whether_there_was_an_object()
    {
        Assert.Null(await Store.HeadAsync("d/1").ConfigureAwait(false));
        Assert.False(await Store.DeleteAsync("d/1").ConfigureAwait(false));
        await Store.PutAsync("d/1", Bytes("x")).ConfigureAwait(false);
        var head = await Store.HeadAsync("d/1").ConfigureAwait(false);
        Assert.Equal(Assert.Single(await ListAsync("d/").ConfigureAwait(false)), head);
        Assert.Equal(1, head!.Size);
        Assert.True(await Store.DeleteAsync("d/1").ConfigureAwait(false));
        Assert.Null(await Store.HeadAsync("d/1").ConfigureAwait(false));
        Assert.Empty(await ListAsync("d/").ConfigureAwait(false));
        Assert.True(await Store.PutIfAbsentAsync("d/1", Bytes("y")).ConfigureAwait(false));
    }

    /// <summary>A missing object is its own error, which names it.</summary>
    [Fact]
    public async Task A_missing_object_is_named_in_the_error()
    {
        var error = await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await Store.OpenReadAsync("no/such").ConfigureAwait(false)).ConfigureAwait(false);
        Assert.Contains("no/such", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await Store.ReadRangeAsync("no/such", 0, new byte[1]).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>A malformed key is refused by every method.</summary>
    /// <param name="key">The key.</param>
    [Theory]
    [InlineData("")]
    [InlineData("/rooted")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../up")]
    [InlineData("a/../b")]
    [InlineData("a/..")]
    [InlineData(".")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    [InlineData("C:/x")]
    [InlineData(".dex-tmp-x")]
    [InlineData("a/.dex-tmp-x")]
    public async Task A_malformed_key_is_refused_everywhere(string key)
    {
        Func<Task>[] calls =
        [
            async () => await Store.PutAsync(key, Bytes("x")).ConfigureAwait(false),
            async () => await Store.PutAsync(key, new MemoryStream()).ConfigureAwait(false),
            async () => await Store.PutIfAbsentAsync(key, Bytes("x")).ConfigureAwait(false),
            async () => await Store.OpenReadAsync(key).ConfigureAwait(false),
            async () => await Store.ReadRangeAsync(key, 0, new byte[1]).ConfigureAwait(false),
            async () => await Store.CreateAsync(key).ConfigureAwait(false),
            async () => await Store.DeleteAsync(key).ConfigureAwait(false),
            async () => await Store.HeadAsync(key).ConfigureAwait(false),
            async () => await ListAsync("../").ConfigureAwait(false),
        ];
        foreach (var call in calls)
            await Assert.ThrowsAsync<ArgumentException>(call).ConfigureAwait(false);
    }

    /// <summary>A text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>All objects below a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="startAfter">Only keys after this one.</param>
    protected async Task<List<ObjectInfo>> ListAsync(string prefix, string? startAfter = null)
    {
        var found = new List<ObjectInfo>();
        await foreach (var info in Store.ListAsync(prefix, startAfter).ConfigureAwait(false))
            found.Add(info);
        return found;
    }

    /// <summary>An object as a text.</summary>
    /// <param name="key">The key.</param>
    protected async Task<string> ReadAsync(string key)
    {
        using var reader = new StreamReader(await Store.OpenReadAsync(key).ConfigureAwait(false));
        return await reader.ReadToEndAsync().ConfigureAwait(false);
    }

    /// <summary>As many letters as the letter tells, all the same.</summary>
    private static byte[] Version(int version)
    {
        var letter = (byte)('a' + (version % 26));
        var content = new byte[1 + ((letter - 'a') * 2_500)];
        content.AsSpan().Fill(letter);
        return content;
    }

    private static void Whole(ReadOnlySpan<byte> read)
    {
        Assert.False(read.IsEmpty);
        Assert.Equal(1 + ((read[0] - 'a') * 2_500), read.Length);
        Assert.Equal(-1, read.IndexOfAnyExcept(read[0]));
    }

    /// <summary>A source that gives some bytes and fails then.</summary>
    private sealed class TornStream(int bytes) : Stream
    {
        private int _left = bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_left == 0)
                throw new IOException("The source is torn.");
            var read = Math.Min(count, _left);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
