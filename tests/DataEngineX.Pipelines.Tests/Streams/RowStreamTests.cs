using System.Runtime.CompilerServices;
using DataEngineX.Testing;

namespace DataEngineX.Pipelines.Tests.Streams;

public sealed record Every(
    string Text, string? MaybeText, bool Flag, bool? MaybeFlag, int Number, int? MaybeNumber, long Long, double Real, float? MaybeReal, DateOnly Day,
    DateOnly? MaybeDay, DateTimeOffset Instant, DateTime Local, TimeOnly Time, TimeSpan Span, decimal Money, decimal? MaybeMoney, byte Small, ulong Big);

public readonly record struct Point(int X, string? Name);

/// <summary>Rows from an asynchronous producer: values, batches, back-pressure, version, faults and cancellation.</summary>
public sealed class RowStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(65_536)]
    public async Task Every_type_comes_back_as_it_was_sent(int batchRows)
    {
        var rows = Enumerable.Range(0, 200).Select(Row).ToList();
        await using var lake = Lake(batchRows, p => p.ReadStream("rows", "1", stop => StreamAsync(rows, stop))
            .Select(r => new { r.Text, r.MaybeText, r.Flag, r.MaybeNumber, r.Day, r.Money }).AppendTo(Layer.Bronze, "rows"));
        var run = await lake.RunAsync("rows", Cancel);
        Assert.True(run.State == RunState.Succeeded, run.Error);
        Assert.Equal((200L, 200L), (run.Rows.Read, run.Rows.Written));
        Assert.Equal(rows, await lake.Reader.ToListAsync(Flow.From(new RowStreamSource<Every>("rows", "1", stop => StreamAsync(rows, stop))).As<Every>(), Cancel));
    }

    [Fact]
    public async Task Structs_are_rows_too()
    {
        Point[] points = [new(1, "a"), new(2, null), new(3, "漢")];
        await using var lake = Lake(2, p => p.ReadStream("points", "1", stop => StreamAsync(points, stop)).AppendTo(Layer.Bronze, "rows"));
        await lake.RunAsync("rows", Cancel);
        Assert.Equal(points, await lake.ReadAsync<Point>(Layer.Bronze, "rows", Cancel));
    }

    [Fact]
    public async Task A_version_is_read_once_and_stands_in_the_fingerprint()
    {
        var version = "1";
        var opened = 0;
        var state = new InMemoryState();
        InMemoryLakehouse Open() => Lake(16, p => p.ReadStream("n", version, stop => StreamAsync([new Point(++opened, null)], stop)).AppendTo(Layer.Bronze, "rows"), state);
        string first;
        await using (var lake = Open())
        {
            first = (await lake.RunAsync("rows", Cancel)).RunKey!;
            Assert.False((await lake.RunAsync("rows", Cancel)).Published);
        }

        version = "2";
        await using (var lake = Open())
        {
            var second = await lake.RunAsync("rows", Cancel);
            Assert.True(second.Published);
            Assert.NotEqual(first, second.RunKey);
        }

        Assert.Equal(2, opened);
    }

    [Fact]
    public async Task The_producer_waits_for_the_pipeline()
    {
        long made = 0;
        async IAsyncEnumerable<Point> EndlessAsync([EnumeratorCancellation] CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Yield();
                yield return new Point((int)++made, null);
            }
        }

        await using var lake = Lake(10, p => p.ReadRows("unused", [new Point(1, null)]).AppendTo(Layer.Bronze, "rows"));
        var source = Flow.From(new RowStreamSource<Point>("endless", "1", EndlessAsync)).As<Point>();
        var rows = await lake.Reader.ToListAsync(source.Take(25), Cancel);
        Assert.Equal(Enumerable.Range(1, 25), rows.Select(r => r.X));
        Assert.Equal(25, made);
    }

    [Fact]
    public async Task A_fault_says_how_far_it_came_and_publishes_nothing()
    {
        async IAsyncEnumerable<Point> FailingAsync([EnumeratorCancellation] CancellationToken stop)
        {
            await Task.CompletedTask;
            for (var i = 0; i < 25; i++)
                yield return new Point(i, null);
            throw new FormatException("no such thing");
        }

        await using var lake = Lake(10, p => p.ReadStream("failing", "1", FailingAsync).AppendTo(Layer.Bronze, "rows"));
        var run = await lake.RunAsync("rows", Cancel);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal("stream/failing: the stream failed after 25 rows: no such thing", run.Error);
        Assert.Null(await lake.Tables.FindAsync(DatasetId.Table(Layer.Bronze, "rows"), Cancel));
    }

    [Fact]
    public async Task A_null_where_none_may_be_is_named_by_row_and_column()
    {
        Every[] rows = [Row(0), Row(1), Row(2) with { Text = null! }];
        await using var lake = Lake(2, p => p.ReadStream("rows", "1", stop => StreamAsync(rows, stop)).Select(r => new { r.Text, r.Day }).AppendTo(Layer.Bronze, "rows"));
        var run = await lake.RunAsync("rows", Cancel);
        Assert.Contains("stream/rows, row 3: the column 'text' is null", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_reaches_the_producer()
    {
        using var stop = new CancellationTokenSource();
        var disposed = false;
        async IAsyncEnumerable<Point> HangingAsync([EnumeratorCancellation] CancellationToken token)
        {
            try
            {
                yield return new Point(1, null);
                await stop.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                disposed = true;
            }
        }

        await using var lake = Lake(1, p => p.ReadStream("hanging", "1", HangingAsync).AppendTo(Layer.Bronze, "rows"));
        Assert.Equal(RunState.Cancelled, (await lake.RunAsync("rows", stop.Token)).State);
        Assert.True(disposed);
    }

    private static InMemoryLakehouse Lake(int batchRows, Func<PipelineBuilder, PipelineEnd> describe, InMemoryState? state = null) =>
        new(dex => dex.AddEngine(o => o.BatchRows = batchRows).AddPipeline("rows", describe), state);

    private static async IAsyncEnumerable<T> StreamAsync<T>(IEnumerable<T> rows, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return row;
        }
    }

    private static Every Row(int i)
    {
        var odd = i % 2 == 1;
        var instant = new DateTimeOffset(1960 + i, 1, 1 + (i % 28), 3, 4, 5, TimeSpan.Zero).AddTicks(i * 10L);
        return new Every(
            new string('x', i % 50) + "ü", odd ? null : $"漢{i}", odd, i % 3 == 0 ? null : odd, i, odd ? i : null, long.MaxValue - i, i / 3.0, odd ? i : null,
            new DateOnly(1900 + i, 2, 28), odd ? null : new DateOnly(2000, 1, 1).AddDays(i), instant, instant.UtcDateTime, new TimeOnly(i % 24, 59, 1),
            TimeSpan.FromMinutes(-i), i / 8m, odd ? null : -i, (byte)i, ulong.MaxValue - (ulong)i);
    }
}
