using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Testing;

namespace DataEngineX.Sources.Tests.Databases;

/// <content>Types, faults and random plans.</content>
public abstract partial class DatabaseTargetTests
{
    public sealed record Kind(
        long Id, bool? A, sbyte? B, short? C, int? D, byte? E, ushort? F, uint? G, float? H, double? I, decimal? J, string? K, byte[]? L, DateOnly? M, DateTime? N, DateTimeOffset? O, TimeOnly? P, TimeSpan? Q);

    [Fact]
    public async Task Every_kind_of_column_is_stored_and_read_back_or_refused_by_name()
    {
        using var written = await OpenAsync();
        Kind[] rows =
        [
            new(1, true, -128, -32768, int.MinValue, 255, 65535, uint.MaxValue, 1.5f, 0.1, -1234567890.123456789012345678m, "ü'\"", [0, 255], new(1, 1, 1), new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(9999990), new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero), new TimeOnly(23, 59, 59, 999, 999), TimeSpan.FromDays(-3.5)),
            new(2, false, 127, 32767, int.MaxValue, 0, 0, 0, float.MinValue, double.MaxValue, 0.000000000000000001m, "", [], new(9999, 12, 31), new DateTime(1, 1, 1, 0, 0, 1), new(1, 1, 1, 0, 0, 1, TimeSpan.Zero), TimeOnly.MinValue, TimeSpan.FromTicks(10)),
            new(3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
        ];
        await using var lake = new InMemoryLakehouse(dex => dex
            .AddPipeline("kinds", p => p.ReadRows("kinds", rows).UpsertInto(written.Database, written.Name("kinds"), k => k.Id)));
        await OkAsync(lake, "kinds");
        var again = (await lake.Reader.ToListAsync(Flow.From(written.Source("kinds", RowShape.SchemaOf<Kind>())).As<Kind>(), Cancel)).OrderBy(k => k.Id).ToList();
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal((rows[i] with { L = null }, Convert.ToHexString(rows[i].L ?? [])), (again[i] with { L = null }, Convert.ToHexString(again[i].L ?? [])));

        // What was read back is what would be written: nothing changes.
        await using var same = new InMemoryLakehouse(dex => dex
            .AddPipeline("same", p => p.ReadRows("again", again).UpsertInto(written.Database, written.Name("kinds"), k => k.Id)));
        await OkAsync(same, "same");
        Assert.Contains(": 0 rows\n", same.Statistics[^1].Explain, StringComparison.Ordinal);
        Assert.DoesNotContain("insert in " + written.Database.DatasetOf(written.Name("kinds")) + ": 3", same.Statistics[^1].Explain, StringComparison.Ordinal);

        var target = new DatabaseTarget(written.Database, written.Name("kinds"), WriteDisposition.Append);
        foreach (var type in (IArrowType[])[new ListType(Int32Type.Default), new StructType([new Field("a", Int32Type.Default, true)]), HalfFloatType.Default, Date64Type.Default, new TimestampType(TimeUnit.Nanosecond, "UTC"), new Time32Type(TimeUnit.Second), NullType.Default])
        {
            var error = Assert.Throws<PlanException>(() => target.Bind(new Schema([new Field("odd", type, true)], null)));
            Assert.Equal("odd", error.Column);
            Assert.Contains(ArrowTypes.NameOf(type), error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_run_that_is_called_off_leaves_the_table_as_it_was()
    {
        using var written = await OpenAsync();
        await using var lake = Lake(new InMemoryState(), Bronze([new("A", new(2015, 1, 1), 1)]), Published(written));
        await OkAsync(lake, "bronze");
        await OkAsync(lake, "daily");
        using var stop = new CancellationTokenSource();
        var target = new DatabaseTarget(written.Database, written.Name("daily"), WriteDisposition.Replace);
        var data = WrittenDatabase.Data(new Stopping(stop));
        var flow = RowShape.SchemaOf<Day>();
        var record = new CommitRecord { Pipeline = "other", Target = target.Dataset, RunId = "r", RunKey = "k", Sequence = 1, FencingToken = 1, Cursor = Cursor.Empty };
        var writer = await target.OpenAsync(new TargetRequest { Schema = flow, Record = record, Inputs = [], Context = new TestOperatorContext(data) }, Cancel);
        await using (writer)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.CommitAsync(record, stop.Token));

        Assert.True(stop.IsCancellationRequested);
        Assert.Equal(["A|1"], await written.RowsAsync(Rows));
        Assert.Null(await target.GetLastCommitAsync(data, "other", Cancel));
    }

    /// <summary>Random plans over random arrivals: what incremental runs leave is what one full run leaves.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Incremental_runs_equal_a_full_one(int seed) => EqualAsync(seed);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Incremental_runs_equal_a_full_one_many_times()
    {
        var first = int.Parse(Environment.GetEnvironmentVariable("DEX_SOAK_SEED") ?? "1000", CultureInfo.InvariantCulture);
        var count = int.Parse(Environment.GetEnvironmentVariable("DEX_SOAK_COUNT") ?? "1000", CultureInfo.InvariantCulture);
        for (var seed = first; seed < first + count; seed++)
            await EqualAsync(seed);
    }

    private async Task EqualAsync(int seed)
    {
        var random = new Random(seed);
        var days = Enumerable.Range(0, random.Next(10, 60)).Select(i => new Day($"c{random.Next(6)}", new DateOnly(2015, 1, 1).AddDays(i), random.Next(4) == 0 ? null : random.Next(5))).ToArray();
        var shuffled = days.ToArray();
        random.Shuffle(shuffled);
        var arrivals = shuffled.Chunk(random.Next(3, 20)).ToList();
        var shape = random.Next(3);
        foreach (var disposition in (WriteDisposition[])[WriteDisposition.Append, WriteDisposition.Upsert, WriteDisposition.DeleteInsert, WriteDisposition.InsertOnly, WriteDisposition.History])
        {
            using var written = await OpenAsync();
            var (parts, whole) = (new InMemoryState(), new InMemoryState());
            foreach (var arrival in arrivals)
                await RunAsync(parts, arrival, "parts", disposition == WriteDisposition.InsertOnly ? arrival : null);
            await RunAsync(whole, shuffled, "whole", null);
            var columns = disposition == WriteDisposition.History ? "city, date, warmest, valid_to, is_current" : "city, date, warmest";
            Assert.Equal(
                await written.RowsAsync($"SELECT {columns} FROM {{p}}whole ORDER BY city, date, warmest"),
                await written.RowsAsync($"SELECT {columns} FROM {{p}}parts ORDER BY city, date, warmest"));

            async Task RunAsync(InMemoryState state, Day[] arrived, string table, Day[]? _)
            {
                await using var lake = Lake(state, Bronze(arrived), p => End(Shaped(p.ReadTable(Layer.Bronze, "days").Incremental(), shape), disposition, written, table));
                await OkAsync(lake, "bronze");
                await OkAsync(lake, "daily");
            }
        }
    }

    private static Flow Shaped(Flow flow, int shape) => shape switch
    {
        0 => flow,
        1 => flow.Where(Columns.Col("warmest") > 1),
        _ => flow.Select(Columns.Col("city").Upper().As("city"), Columns.Col("date"), (Columns.Col("warmest") * 2).As("warmest")),
    };

    private static PipelineEnd End(Flow flow, WriteDisposition disposition, WrittenDatabase written, string table) => disposition switch
    {
        WriteDisposition.Append => flow.AppendTo(written.Database, written.Name(table)),
        WriteDisposition.Upsert => flow.UpsertInto(written.Database, written.Name(table), "city").NewestBy("date"),
        WriteDisposition.DeleteInsert => flow.DeleteInsertInto(written.Database, written.Name(table), "city", "date").KeyedBy("city", "date"),
        WriteDisposition.InsertOnly => flow.InsertOnlyInto(written.Database, written.Name(table), "city", "date"),
        _ => flow.HistoryInto(written.Database, written.Name(table), ["city"], new HistoryColumns("date") { KeepsRepeats = true }),
    };

    /// <summary>Calls the run off once its rows are in the table, inside the transaction.</summary>
    private sealed class Stopping(CancellationTokenSource stop) : IServiceProvider, IFailpoints
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IFailpoints) ? this : null;

        public async ValueTask HitAsync(string name, CancellationToken cancellationToken = default)
        {
            if (name == FailpointNames.DataFilesWritten)
                await stop.CancelAsync();
        }
    }
}
