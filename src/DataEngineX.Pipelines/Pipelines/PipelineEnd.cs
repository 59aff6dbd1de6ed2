using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>A flow that ends in a target: what describes a pipeline.</summary>
public class PipelineEnd
{
    internal PipelineEnd(PlanNode node, PipelineTarget target, PipelinePolicies? policies = null)
    {
        Node = node;
        Target = target;
        Policies = policies ?? PipelinePolicies.None;
    }

    /// <summary>The root of the plan.</summary>
    public PlanNode Node { get; }

    /// <summary>The target.</summary>
    public PipelineTarget Target { get; }

    /// <summary>What the pipeline promises and how its runs are tried.</summary>
    public PipelinePolicies Policies { get; }

    /// <summary>The promise about the target's age, or null.</summary>
    public FreshnessPolicy? Freshness => Policies.Freshness;

    /// <summary>Promises that the target is never older than so much, judged by event time.</summary>
    /// <param name="column">The event-time column: a date or timestamp.</param>
    /// <param name="within">The greatest age.</param>
    public PipelineEnd FreshWithin(string column, TimeSpan within) =>
        new(Node, Target, Policies with { Freshness = new FreshnessPolicy(column, within) });

    /// <summary>Names the column that tells which partition a row of the target belongs to, where it is not the partition column of the source itself.</summary>
    /// <param name="column">The column: computed row by row from the partition column, such as its date.</param>
    public PipelineEnd PartitionedBy(string column) => new(Node, Target, Policies with { PartitionColumn = column });

    /// <summary>Stops a run before it publishes when too many rows were set aside, by readers and gates, in it and in the runs that published before it.</summary>
    /// <param name="share">The greatest share of the rows read, 0 to 1. <value>Default: null, any.</value></param>
    /// <param name="rows">The most rows. <value>Default: null, any number.</value></param>
    /// <param name="runs">Over how many runs. <value>Default: 1, each run by itself.</value></param>
    public PipelineEnd ErrorBudget(double? share = null, long? rows = null, int runs = 1) =>
        new(Node, Target, Policies with { ErrorBudget = Pipelines.ErrorBudget.Of(share, rows, runs) });

    /// <summary>Promises the columns of the target and says what happens when the flow has others: checked when a run is planned, before a row is read.</summary>
    /// <param name="contract">Says it.</param>
    public PipelineEnd Contract(Action<ContractBuilder> contract) => new(Node, Target, Policies.WithContract(contract));

    /// <summary>
    /// Leaves one row of each key, the one that comes last; null is a value. Silver asks for it where the end of the flow does not see to it, as an upsert does.
    /// </summary>
    /// <param name="key">The key columns.</param>
    /// <exception cref="PlanException">The target would hold several rows of a key all the same, as one does that is appended to.</exception>
    public PipelineEnd KeyedBy(params IReadOnlyList<string> key) => new(TargetKeys.Distinct(Node, Target, key), Target, Policies with { Key = key });

    /// <summary>Lets a table of silver hold several rows of a key, or have none.</summary>
    /// <param name="because">Why, in words: for whoever reads the pipeline and its plan.</param>
    public PipelineEnd Unkeyed(string because) => new(Node, Target, Policies.WithoutKey(because));

    /// <summary>Adds a column with the id of the run that wrote the row, beside the file and line that readers add on request.</summary>
    /// <param name="column">The column's name. <value>Default: <c>_run</c>.</value></param>
    public PipelineEnd WithRunColumn(string column = RowOrigin.RunColumn) => new(Stamped(column), Target, Policies);

    /// <summary>
    /// Lets a long run publish its progress in steps, so that a run that is cut off is taken up after its last step: what was published stays and is not done
    /// again. Steps are runs of their own for gates, retries and readers of the target; for everything else they are one run.
    /// </summary>
    /// <param name="rows">About how many new rows of an incremental read are one step. Cuts are made between commits that only add rows. <value>Default: null, all.</value></param>
    /// <param name="partitions">How many neighbouring partitions are one step, where the pipeline is computed by partition. <value>Default: null, all.</value></param>
    public PipelineEnd Checkpoints(long? rows = null, int? partitions = null) => new(Node, Target, Policies with { Checkpoint = CheckpointPolicy.Of(rows, partitions) });

    /// <summary>Tries a run again after a transient fault. Every attempt reads the input versions that the first one pinned.</summary>
    /// <param name="attempts">The most attempts, the first included; 1 to 100.</param>
    /// <param name="delay">The wait before the second attempt; it doubles with each further one, and half of it is left to chance. <value>Default: 1 second.</value></param>
    /// <param name="maxDelay">The longest wait. <value>Default: 1 minute.</value></param>
    public PipelineEnd Retry(int attempts, TimeSpan? delay = null, TimeSpan? maxDelay = null) =>
        new(Node, Target, Policies with { Retry = RetryPolicy.Of(attempts, delay, maxDelay) });

    /// <summary>Ends a run as failed when it has taken so long, all attempts and the waits between them included. Nothing of it is published then.</summary>
    /// <param name="within">The longest time from the start of the run.</param>
    public PipelineEnd Deadline(TimeSpan within) => new(Node, Target, Policies.WithDeadline(within));

    /// <summary>Lets runs change the columns of the table that the flow ends in. Columns are matched by name; what is not allowed is an error that shows the difference.</summary>
    /// <param name="evolution">How.</param>
    /// <exception cref="PlanException">The flow does not end in a table.</exception>
    public PipelineEnd Evolve(SchemaEvolution evolution) => new(Node, Evolved(evolution), Policies);

    /// <summary>
    /// Tells the data files of the table that the flow ends in apart by the values of some columns, so that whoever asks for some of these values reads few
    /// files, and partitions are replaced and deleted without reading any. It counts when a run creates the table; one that is there must be partitioned so.
    /// </summary>
    /// <param name="columns">The columns: of few values, each with many rows. An empty text is stored as null.</param>
    /// <exception cref="PlanException">The flow does not end in a table.</exception>
    public PipelineEnd PartitionFilesBy(params IReadOnlyList<string> columns) => new(Node, Partitioned(columns), Policies);

    /// <summary>
    /// Tells which row of a key is the newest, for upserts whose rows may come late: a row that is older than the one in the table changes nothing. Without it the
    /// row that comes last is the newest; a replay goes by the event time of <see cref="FreshWithin"/> then, where there is one.
    /// </summary>
    /// <param name="column">The column with the greatest value in the newest row; null is the least.</param>
    /// <exception cref="PlanException">The flow does not end in an upsert.</exception>
    public PipelineEnd NewestBy(string column) => new(Node, Ordered(column), Policies);

    private protected DispositionTarget Ordered(string column) => Target is DispositionTarget table
        ? table.NewestBy(column)
        : throw new PlanException($"{Target.Dataset} is no table: its rows have no order.");

    private protected DispositionTarget Partitioned(IReadOnlyList<string> columns) => Target is DispositionTarget table
        ? table.PartitionFilesBy(columns)
        : throw new PlanException($"{Target.Dataset} is no table: its files are not partitioned.");

    private protected DispositionTarget Evolved(SchemaEvolution evolution) => Target is DispositionTarget table
        ? table.Evolve(evolution)
        : throw new PlanException($"{Target.Dataset} is no table: its columns cannot evolve.");

    private protected SelectNode Stamped(string column) => new(Node, [Expressions.Columns.RunId.As(column)], keepsInput: true);
}
