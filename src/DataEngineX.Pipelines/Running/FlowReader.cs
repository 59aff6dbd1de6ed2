using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Reads a flow without a pipeline: for questions, tests and serving. Nothing is written or recorded.</summary>
/// <param name="data">Tables, objects, clock and services.</param>
/// <param name="options">Memory budget, batch size and parallelism.</param>
public sealed class FlowReader(DataAccess data, EngineOptions options)
{
    /// <summary>Binds a flow to the newest version of what it reads.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">The flow does not fit what it reads.</exception>
    public ValueTask<FlowRun> OpenAsync(Flow flow, CancellationToken cancellationToken = default) => OpenAsync(flow, null, cancellationToken);

    /// <summary>Binds a flow to the newest version of what it reads, as a part of something that has a memory budget already.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="budget">The budget that the flow shares; null for one of its own.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">The flow does not fit what it reads.</exception>
    public async ValueTask<FlowRun> OpenAsync(Flow flow, TrackingAllocator? budget, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var schemas = new Dictionary<BatchSource, Schema>();
        var scans = new List<PinnedScan>();
        foreach (var scan in PlanWalk.Scans(flow.Node))
        {
            if (await scan.Source.GetSchemaAsync(data, cancellationToken).ConfigureAwait(false) is { } schema)
                schemas[scan.Source] = schema;
            scans.Add(new PinnedScan(await scan.Source.PinAsync(data, null, cancellationToken).ConfigureAwait(false), scan.IsIncremental));
        }

        var binder = new Binder(schemas);
        var described = binder.Bind(flow.Node);
        var sizes = await SourceSizes.ReadAsync(flow.Node, scans, data, cancellationToken).ConfigureAwait(false);
        return new FlowRun(new BoundNodes(described, Optimizer.Optimize(described, binder, sizes)), ScopeOf(scans, budget));
    }

    /// <summary>Runs a flow on the newest version of what it reads.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches owned by the consumer.</returns>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(Flow flow, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var run = await OpenAsync(flow, cancellationToken).ConfigureAwait(false);
        await foreach (var batch in run.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return batch;
    }

    /// <summary>Runs a flow and makes a row object of each row.</summary>
    /// <typeparam name="T">The row type: a record, or a class with settable properties.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="MalformedDataException">A null stands in a member that cannot hold it.</exception>
    public async Task<IReadOnlyList<T>> ToListAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        Flow<T> flow, CancellationToken cancellationToken = default)
    {
        var rows = new List<T>();
        await foreach (var batch in ReadAsync(flow, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                RowMaterializer<T>.Append(batch, rows);
        }

        return rows;
    }

    /// <summary>The plan of a flow as text: as described, and as it would run.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<string> ExplainAsync(Flow flow, CancellationToken cancellationToken = default)
    {
        var run = await OpenAsync(flow, cancellationToken).ConfigureAwait(false);
        return await run.ExplainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a flow, lets go of its rows, and gives the plan with what each operator did: rows, bytes, time, memory and spill.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async ValueTask<string> ExplainRunAsync(Flow flow, CancellationToken cancellationToken = default)
    {
        var run = await OpenAsync(flow, cancellationToken).ConfigureAwait(false);
        await foreach (var batch in run.ReadAsync(cancellationToken).ConfigureAwait(false))
            batch.Dispose();
        return run.ExplainRun();
    }

    private RunScope ScopeOf(IEnumerable<PinnedScan> scans, TrackingAllocator? budget)
    {
        var scope = new RunScope(new RunInfo("read", "read", null, 1), new RunParameters(data.Clock.GetUtcNow(), options.Seed), data, options, budget) { StopsAtRefused = true };
        scope.Pin(scans);
        scope.AddSideOutput(SideOutput.Quarantine.Name, DroppingSideOutput.Instance);
        return scope;
    }

    /// <summary>A read keeps nothing, so rows set aside are let go.</summary>
    private sealed class DroppingSideOutput : ISideOutputWriter
    {
        public static readonly DroppingSideOutput Instance = new();

        public ValueTask TakeAsync(RecordBatch batch, CancellationToken cancellationToken)
        {
            batch.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
