using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>A write of one run to its target.</summary>
public sealed record TargetRequest
{
    /// <summary>The schema of the batches that will be written.</summary>
    public required Schema Schema { get; init; }

    /// <summary>The commit about to be made: run, run key, counter, cursor and fencing token, still without verdicts.</summary>
    public required CommitRecord Record { get; init; }

    /// <summary>The exact input versions of the run, for targets that record what they were made from.</summary>
    public required IReadOnlyList<InputVersion> Inputs { get; init; }

    /// <summary>The rows of the dataset that this run computes anew. <value>Default: null, what the disposition of the target says.</value></summary>
    public ReplacedRows? Replaces { get; init; }

    /// <summary>
    /// The column by which rows of this run may be older than rows of their key that are there, such as the event time of rows that are replayed; a target that
    /// names one itself keeps to that. <value>Default: null, all rows are newer.</value>
    /// </summary>
    public string? Sequence { get; init; }

    /// <summary>How the contract of the pipeline lets the run change the columns of the dataset, beside what the target allows itself. <value>Default: not at all.</value></summary>
    public SchemaEvolution Evolution { get; init; }

    /// <summary>Allocator, row account and data access of the run.</summary>
    public required OperatorContext Context { get; init; }
}
