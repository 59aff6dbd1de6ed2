using DataEngineX.Hosting;

namespace DataEngineX.Integration.Tests;

/// <summary>What the metadata store of a state folder says of a pipeline once its run was repeated.</summary>
internal static class MetadataView
{
    /// <summary>The newest run succeeded; at most one, that of the process that died, has no end; and nobody holds a lease.</summary>
    public static async Task CheckAsync(string state, string pipeline, int killed)
    {
        using var metadata = new SqliteMetadataStore(Path.Combine(state, SqliteMetadataStore.FileName));
        var runs = await metadata.ListRunsAsync(new RunQuery { Pipeline = pipeline, Limit = 500 });
        Assert.Equal(RunState.Succeeded, runs[0].State);
        Assert.NotNull(runs[0].FinishedAt);
        Assert.InRange(runs.Count(r => r.State == RunState.Running), 0, killed);
        Assert.All(runs.Where(r => r.State != RunState.Running), r => Assert.Null(r.State == RunState.Succeeded ? r.Error : null));
        foreach (var name in (string[])[LeaseNames.OfPipeline(pipeline), LeaseNames.OfBackfill(pipeline), .. runs.Select(r => r.Partition).OfType<string>().Distinct().Select(p => LeaseNames.OfPartition(pipeline, p))])
        {
            var lease = await metadata.TryAcquireLeaseAsync(name, "test", TimeSpan.FromSeconds(1));
            Assert.True(lease is not null, $"The lease {name} is held.");
            await metadata.ReleaseLeaseAsync(lease);
        }
    }
}
