using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>A state that comes again in another file is the same state: where it was read is not part of it.</summary>
public sealed class HistoryOverFilesTests
{
    private sealed record Price(long Id, long Value, DateTimeOffset At);

    [Fact]
    public async Task Equal_states_of_several_files_are_folded()
    {
        await using var host = new LakeHost((host, dex) => dex
            .AddPipeline("raw", p => p.ReadFolder(host.Inbox, "*.csv").Incremental().IngestInto(Layer.Raw, "prices"))
            .AddPipeline("history", p => p.ReadCsvObjects<Price>(Layer.Raw, "prices").Incremental().HistoryInto(Layer.Silver, "prices", r => r.Id, r => r.At)));
        foreach (var (file, value) in ((int, int)[])[(1, 7), (2, 7), (3, 8), (4, 8)])
        {
            host.Receive($"{file}.csv", $"id,value,at\n1,{value},2024-01-0{file}T00:00:00Z\n");
            await host.Run("raw");
            Assert.Equal(RunState.Succeeded, (await host.Run("history")).State);
        }

        Assert.Equal(["1|7|1.csv|false", "1|8|3.csv|true"], (await host.Read(Layer.Silver, "prices", "id", "value", "_file", "is_current")).Order(StringComparer.Ordinal));
    }
}
