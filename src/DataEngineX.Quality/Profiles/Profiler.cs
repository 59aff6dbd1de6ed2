using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Makes profiles outside of a flow. A flow is profiled faster with <c>reader.ProfileAsync(flow)</c>, which also reads on all threads.</summary>
public static class Profiler
{
    /// <summary>Profiles a stream of batches.</summary>
    /// <param name="batches">The rows; each batch is disposed once it is seen.</param>
    /// <param name="schema">Their schema.</param>
    /// <param name="options">What to look at. <value>Default: null, the defaults.</value></param>
    /// <param name="clock">The clock. <value>Default: null, the system's.</value></param>
    /// <param name="allocator">Where dictionaries are decoded. <value>Default: null, Arrow's default.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">A column asked for is not there.</exception>
    public static ValueTask<Profile> ProfileAsync(
        IAsyncEnumerable<RecordBatch> batches,
        Schema schema,
        ProfileOptions? options = null,
        TimeProvider? clock = null,
        MemoryAllocator? allocator = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(schema);
        var bound = new BoundProfile(options ?? new ProfileOptions(), schema);
        return Profile.FoldAsync(
            BatchStream.Of(batches),
            bound,
            (clock ?? TimeProvider.System).GetUtcNow(),
            bound.Options.Parallelism,
            allocator ?? MemoryAllocator.Default.Value,
            cancellationToken);
    }

    /// <summary>Profiles a version of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="version">The version. <value>Default: null, the newest.</value></param>
    /// <param name="options">What to look at. <value>Default: null, the defaults.</value></param>
    /// <param name="clock">The clock. <value>Default: null, the system's.</value></param>
    /// <param name="allocator">Where batches are allocated. <value>Default: null, Arrow's default.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">A column asked for is not there.</exception>
    public static async ValueTask<Profile> ProfileAsync(
        ITable table,
        long? version = null,
        ProfileOptions? options = null,
        TimeProvider? clock = null,
        MemoryAllocator? allocator = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var snapshot = await table.GetSnapshotAsync(version, cancellationToken).ConfigureAwait(false);
        var batches = table.ScanAsync(new TableScan { Version = snapshot.Version, Allocator = allocator }, cancellationToken);
        return await ProfileAsync(batches, snapshot.Schema, options, clock, allocator, cancellationToken).ConfigureAwait(false);
    }
}
