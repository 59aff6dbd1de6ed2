using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Watches metrics of the rows that pass: judges them by their history at the end of the stream, before anything can be committed.</summary>
/// <remarks>
/// Rows stream through unchanged. The history is the <see cref="IMetricHistory"/> of the host's services, or else its metadata store. Values of a run that
/// publishes nothing, since a gate stopped it or its commit failed, are not remembered.
/// </remarks>
public sealed class WatchNode : PlanNode
{
    /// <summary>The operator name.</summary>
    public const string OperatorName = "watch";

    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="gate">What an anomaly does: <see cref="Gate.Warn"/> or <see cref="Gate.Stop"/>; a critical one stops always.</param>
    /// <param name="monitors">What is watched; at least one.</param>
    /// <exception cref="ArgumentException">There is no monitor, or the gate is a quarantine: an anomaly is none of single rows.</exception>
    public WatchNode(PlanNode input, Gate gate, params IReadOnlyList<MetricMonitor> monitors)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(monitors);
        if (monitors.Count == 0)
            throw new ArgumentException("Watching needs at least one monitor.", nameof(monitors));
        if (gate == Gate.Quarantine)
            throw new ArgumentException("An anomaly is none of single rows, which a quarantine could set aside; use Gate.Warn or Gate.Stop.", nameof(gate));
        Gate = gate;
        Monitors = monitors;
    }

    /// <summary>What an anomaly does.</summary>
    public Gate Gate { get; }

    /// <summary>What is watched.</summary>
    public IReadOnlyList<MetricMonitor> Monitors { get; }

    /// <inheritdoc/>
    public override string Operator => OperatorName;

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new WatchNode(inputs[0], Gate, Monitors);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("monitors", Monitors.Select(m => CanonicalWriter.Quote(m.ToString()))).Field("gate", Gate.ToString());
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var columns = Monitors.Select(m => m.Column).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        // Copies are told by whole rows.
        var options = Monitors.Any(m => m.Metric == Metrics.DuplicateRows)
            ? new ProfileOptions()
            : new ProfileOptions { Columns = columns, DuplicateRows = false };
        return new BoundWatch(this, context.Inputs, new BoundProfile(options, context.Inputs[0].Schema));
    }
}
