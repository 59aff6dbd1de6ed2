using System.Linq.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A typed flow that ends in a target.</summary>
/// <typeparam name="T">The row type.</typeparam>
public sealed class PipelineEnd<T> : PipelineEnd
{
    internal PipelineEnd(PlanNode node, PipelineTarget target, PipelinePolicies? policies = null)
        : base(node, target, policies)
    {
    }

    /// <summary>Promises that the target is never older than so much, judged by event time.</summary>
    /// <typeparam name="TTime">The type of the event time.</typeparam>
    /// <param name="column">The event-time column: a date or timestamp.</param>
    /// <param name="within">The greatest age.</param>
    public PipelineEnd<T> FreshWithin<TTime>(Expression<Func<T, TTime>> column, TimeSpan within) =>
        new(Node, Target, Policies with { Freshness = new FreshnessPolicy(ColumnNames.Of(column)[0], within) });

    /// <summary>Names the column that tells which partition a row of the target belongs to, where it is not the partition column of the source itself.</summary>
    /// <typeparam name="TColumn">The type of the column.</typeparam>
    /// <param name="column">The column: computed row by row from the partition column, such as its date.</param>
    public PipelineEnd<T> PartitionedBy<TColumn>(Expression<Func<T, TColumn>> column) =>
        new(Node, Target, Policies with { PartitionColumn = ColumnNames.Of(column)[0] });

    /// <inheritdoc cref="PipelineEnd.ErrorBudget"/>
    public new PipelineEnd<T> ErrorBudget(double? share = null, long? rows = null, int runs = 1) =>
        new(Node, Target, Policies with { ErrorBudget = Pipelines.ErrorBudget.Of(share, rows, runs) });

    /// <inheritdoc cref="PipelineEnd.Contract"/>
    public new PipelineEnd<T> Contract(Action<ContractBuilder> contract) => new(Node, Target, Policies.WithContract(contract));

    /// <inheritdoc cref="PipelineEnd.KeyedBy"/>
    public new PipelineEnd<T> KeyedBy(params IReadOnlyList<string> key) => new(TargetKeys.Distinct(Node, Target, key), Target, Policies with { Key = key });

    /// <inheritdoc cref="PipelineEnd.KeyedBy"/>
    /// <typeparam name="TKey">The key type.</typeparam>
    /// <param name="key">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public PipelineEnd<T> KeyedBy<TKey>(Expression<Func<T, TKey>> key) => KeyedBy(ColumnNames.Of(key));

    /// <inheritdoc cref="PipelineEnd.Unkeyed"/>
    public new PipelineEnd<T> Unkeyed(string because) => new(Node, Target, Policies.WithoutKey(because));

    /// <inheritdoc cref="PipelineEnd.WithRunColumn"/>
    public new PipelineEnd<T> WithRunColumn(string column = RowOrigin.RunColumn) => new(Stamped(column), Target, Policies);

    /// <inheritdoc cref="PipelineEnd.Checkpoints"/>
    public new PipelineEnd<T> Checkpoints(long? rows = null, int? partitions = null) =>
        new(Node, Target, Policies with { Checkpoint = CheckpointPolicy.Of(rows, partitions) });

    /// <inheritdoc cref="PipelineEnd.Retry"/>
    public new PipelineEnd<T> Retry(int attempts, TimeSpan? delay = null, TimeSpan? maxDelay = null) =>
        new(Node, Target, Policies with { Retry = RetryPolicy.Of(attempts, delay, maxDelay) });

    /// <inheritdoc cref="PipelineEnd.Deadline"/>
    public new PipelineEnd<T> Deadline(TimeSpan within) => new(Node, Target, Policies.WithDeadline(within));

    /// <inheritdoc cref="PipelineEnd.PartitionFilesBy"/>
    public new PipelineEnd<T> PartitionFilesBy(params IReadOnlyList<string> columns) => new(Node, Partitioned(columns), Policies);

    /// <inheritdoc cref="PipelineEnd.PartitionFilesBy"/>
    /// <typeparam name="TColumns">The type of the columns.</typeparam>
    /// <param name="columns">One column, or several as <c>new { r.A, r.B }</c>.</param>
    public PipelineEnd<T> PartitionFilesBy<TColumns>(Expression<Func<T, TColumns>> columns) => new(Node, Partitioned(ColumnNames.Of(columns)), Policies);

    /// <inheritdoc cref="PipelineEnd.NewestBy"/>
    /// <typeparam name="TColumn">The type of the column.</typeparam>
    public PipelineEnd<T> NewestBy<TColumn>(Expression<Func<T, TColumn>> column) => new(Node, Ordered(ColumnNames.Of(column)[0]), Policies);

    /// <inheritdoc cref="PipelineEnd.Evolve"/>
    public new PipelineEnd<T> Evolve(SchemaEvolution evolution) => new(Node, Evolved(evolution), Policies);
}
