using System.Text;
using DataEngineX.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Files that go, and those that must not.</summary>
public sealed class VacuumTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Lake _lake;

    public VacuumTests() => _lake = new Lake(new InMemoryObjectStore(time: _clock), clock: _clock);

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Files_go_a_week_after_a_commit_removed_them_and_strangers_a_week_after_they_came()
    {
        await _lake.AppendAsync(_lake.Record(1), (1, "a", 1));
        await _lake.ReplaceAsync(_lake.Record(2), (2, "b", 1));
        await _lake.Store.PutAsync($"{_lake.Id}/part-of-a-run-that-died.parquet", Encoding.UTF8.GetBytes("torn"));
        _clock.Advance(TimeSpan.FromDays(6));
        await _lake.ReplaceAsync(_lake.Record(3), (3, "c", 1));
        Assert.Empty((await VacuumAsync()).Files);
        _clock.Advance(TimeSpan.FromDays(2));
        var would = await VacuumAsync(new TableVacuum { DryRun = true });
        Assert.Equal(2, would.Files.Count);
        Assert.Equal(["2|b|1"], await _lake.RowsAsync(new TableScan { Version = 1 }));
        var report = await VacuumAsync();

        Assert.Equal(would.Files, report.Files);
        Assert.Equal("part-of-a-run-that-died.parquet", report.Files[^1]);
        Assert.Contains("run1p", report.Files[0], StringComparison.Ordinal);
        Assert.True(report.Bytes > 4);
        Assert.Equal(["3|c|1"], await _lake.RowsAsync());
        Assert.Equal(["2|b|1"], await _lake.RowsAsync(new TableScan { Version = 1 }));
        await Assert.ThrowsAnyAsync<DataEngineXException>(() => _lake.RowsAsync(new TableScan { Version = 0 }));
        Assert.Empty((await VacuumAsync()).Files);
    }

    [Fact]
    public async Task Removed_files_are_remembered_by_checkpoints()
    {
        await _lake.AppendAsync(_lake.Record(1), (1, "a", 1));
        _clock.Advance(TimeSpan.FromDays(30));
        for (var i = 2; i <= 13; i++)
            await _lake.ReplaceAsync(_lake.Record(i), (i, "a", 1));
        for (var version = 0; version < 10; version++)
            await _lake.Store.DeleteAsync(_lake.Log(LakeHistory.Entry(version)));

        // The first file is old enough by its own age, but was removed just now.
        Assert.Empty((await VacuumAsync()).Files);
        _clock.Advance(TimeSpan.FromDays(7.5));
        Assert.Equal(12, (await VacuumAsync()).Files.Count);
        Assert.Equal(["13|a|1"], await _lake.RowsAsync());
    }

    [Fact]
    public async Task A_retention_below_that_of_the_table_must_be_asked_for()
    {
        await _lake.AppendAsync(_lake.Record(1), (1, "a", 1));
        await _lake.ReplaceAsync(_lake.Record(2), (2, "b", 1));
        _clock.Advance(TimeSpan.FromHours(2));
        var error = await Assert.ThrowsAsync<DataEngineXException>(() => VacuumAsync(new TableVacuum { Retention = TimeSpan.FromHours(1) }));

        Assert.Contains("keeps removed files for 7.00:00:00", error.Message, StringComparison.Ordinal);
        Assert.Single((await VacuumAsync(new TableVacuum { Retention = TimeSpan.FromHours(1), AllowShorter = true })).Files);
        Assert.Equal(["2|b|1"], await _lake.RowsAsync());
    }

    [Fact]
    public async Task Deletion_vectors_and_change_data_go_by_the_same_rules_and_hidden_files_stay()
    {
        const string Vector = """{"storageType":"p","pathOrInlineDv":"dv-NAME.bin","offset":1,"sizeInBytes":34,"cardinality":1}""";
        await _lake.AppendAsync(_lake.Record(1), (1, "a", 1));
        var data = (await _lake.KeysAsync()).Single(k => k.EndsWith(".parquet", StringComparison.Ordinal))[(_lake.Id.ToString().Length + 1)..];
        foreach (var name in new[] { "dv-old.bin", "dv-new.bin", "_change_data/cdc-1.parquet", "_other/index.bin", ".hidden" })
            await _lake.Store.PutAsync($"{_lake.Id}/{name}", Encoding.UTF8.GetBytes("x"));
        await _lake.PutEntryAsync(1, Replaced(data, null, Vector.Replace("NAME", "old", StringComparison.Ordinal)));
        await _lake.PutEntryAsync(2, Replaced(data, Vector.Replace("NAME", "old", StringComparison.Ordinal), Vector.Replace("NAME", "new", StringComparison.Ordinal)));
        _clock.Advance(TimeSpan.FromDays(6));
        Assert.Empty((await VacuumAsync()).Files);
        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(["_change_data/cdc-1.parquet", "dv-old.bin"], (await VacuumAsync()).Files);
    }

    [Fact]
    public async Task Objects_of_a_raw_table_are_no_files_of_the_log()
    {
        using var raw = new Lake(_lake.Store, clock: _clock) { Id = DatasetId.Table(Layer.Raw, "inbox") };
        await raw.AppendAsync(raw.Record(1), (1, "a", 1));
        await raw.Store.PutAsync("raw/inbox/objects/0123", Encoding.UTF8.GetBytes("received"));
        _clock.Advance(TimeSpan.FromDays(100));
        await (await raw.TableAsync()).VacuumAsync(new TableVacuum());

        Assert.NotNull(await raw.Store.HeadAsync("raw/inbox/objects/0123"));
    }

    [Theory]
    [InlineData("vacuumProtocolCheck", true)]
    [InlineData("icebergCompatV2", false)]
    public async Task A_table_with_features_that_may_have_files_of_their_own_is_left_alone(string feature, bool goes)
    {
        await _lake.AppendAsync(_lake.Record(1), (1, "a", 1));
        await _lake.PutEntryAsync(1, $"{{\"protocol\":{{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[],\"writerFeatures\":[\"domainMetadata\",\"{feature}\"]}}}}");
        if (goes)
        {
            await VacuumAsync();
            return;
        }

        var error = await Assert.ThrowsAsync<DataEngineXException>(() => VacuumAsync());
        Assert.Contains("icebergCompatV2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quarantine_keeps_what_is_shown_while_a_commit_is_pending()
    {
        using var quarantine = new Lake(_lake.Store, clock: _clock) { Id = DatasetId.Table(Layer.Quarantine, "p") };
        async Task SetAsideAsync(int i, WriteDisposition disposition) => await quarantine.WriteAsync(
            quarantine.Request(_lake.Record(i), disposition) with { PublishedSequence = i - 1 }, quarantine.Batch((i, "bad", i)));
        await SetAsideAsync(1, WriteDisposition.Append);
        await _lake.AppendAsync(_lake.Record(1), (1, "a", 1));
        await SetAsideAsync(2, WriteDisposition.Replace);
        _clock.Advance(TimeSpan.FromDays(60));
        await (await quarantine.TableAsync()).VacuumAsync(new TableVacuum());

        Assert.Equal(["1|bad|1"], await quarantine.RowsAsync());
    }

    private static string Replaced(string path, string? before, string after) =>
        $"{{\"remove\":{{\"path\":\"{path}\",\"deletionTimestamp\":946684800001,\"dataChange\":true{(before is null ? "" : $",\"deletionVector\":{before}")}}}}}\n"
        + $"{{\"add\":{{\"path\":\"{path}\",\"partitionValues\":{{}},\"size\":1,\"modificationTime\":1,\"dataChange\":true,\"deletionVector\":{after}}}}}";

    private async Task<VacuumReport> VacuumAsync(TableVacuum? vacuum = null) => await (await _lake.TableAsync()).VacuumAsync(vacuum ?? new TableVacuum());
}
