using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>A flow bound to the versions of what it reads, to be read once: see <see cref="FlowReader.OpenAsync(Flow, CancellationToken)"/>.</summary>
public sealed class FlowRun
{
    private readonly BoundNodes _nodes;
    private readonly RunScope _scope;

    internal FlowRun(BoundNodes nodes, RunScope scope)
    {
        _nodes = nodes;
        _scope = scope;
    }

    /// <summary>The schema of the batches.</summary>
    public Schema Schema => _nodes.Root.Schema;

    /// <summary>What each operator did so far.</summary>
    public IReadOnlyList<OperatorStatistics> Operators => _scope.Operators;

    /// <summary>Reads the rows.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches owned by the consumer.</returns>
    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken = default) => PlanExecutor.Run(_nodes.Root, _scope, cancellationToken);

    /// <summary>The plan as text: as described, and as it would run, with the files that conditions leave to be read.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<string> ExplainAsync(CancellationToken cancellationToken = default) => PlanExplainer.Explain(
        _nodes.Described, _nodes.Root, await SelectedFiles.ReadAsync(_nodes.Root, _scope.InputOf, _scope.Data, cancellationToken).ConfigureAwait(false));

    /// <summary>The plan as it runs, with what each operator did so far: rows, bytes, time, memory and spill.</summary>
    public string ExplainRun() => PlanExplainer.ExplainRun(_nodes.Root, _scope);
}
