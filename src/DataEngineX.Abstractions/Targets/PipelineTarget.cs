using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>Where a pipeline ends: table, files, model version or one's own. Described without I/O.</summary>
/// <remarks>Every target shares run key, fencing token, commit record and verdicts: they reach it in <see cref="CommitRecord"/>.</remarks>
public abstract class PipelineTarget
{
    /// <summary>The dataset written.</summary>
    public abstract DatasetId Dataset { get; }

    /// <summary>What happens to rows that are there, in a word such as <c>append</c> or <c>upsert</c>.</summary>
    public abstract string Disposition { get; }

    /// <summary>Whether a run may replace a part of the rows, as <see cref="TargetRequest.Replaces"/> says. <value>Default: false.</value></summary>
    public virtual bool ReplacesInPart => false;

    /// <summary>Whether a row that is written again is there twice. <value>Default: false.</value></summary>
    public virtual bool OnlyAppends => false;

    /// <summary>
    /// Whether a run may be published without inputs that were refused, because what they hold can as well come later. <value>Default: where it only appends.</value>
    /// </summary>
    public virtual bool MayMissInputs => OnlyAppends;

    /// <summary>The columns of whose values the target keeps one row each, whatever comes. <value>Default: none, it may hold several.</value></summary>
    public virtual IReadOnlyList<string> Key => [];

    /// <summary>Writes every parameter that can change the result.</summary>
    /// <param name="writer">Takes the parameters.</param>
    public abstract void WriteCanonical(CanonicalWriter writer);

    /// <summary>Checks the flow's schema and tells the schema the dataset will have.</summary>
    /// <param name="flow">The schema of the flow.</param>
    /// <exception cref="PlanException">The flow does not fit, for example a key column is missing.</exception>
    public virtual Schema Bind(Schema flow) => flow;

    /// <summary>The columns of what is there, or null when nothing is or the target cannot tell. <value>Default: those of the table of the lakehouse by that name.</value></summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public virtual async ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Dataset.Layer is null || await data.Tables.FindAsync(Dataset, cancellationToken).ConfigureAwait(false) is not { } table)
            return null;
        return (await table.GetSnapshotAsync(null, cancellationToken).ConfigureAwait(false)).Schema;
    }

    /// <summary>The record of the last commit a pipeline made here, or null.</summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract ValueTask<CommitRecord?> GetLastCommitAsync(DataAccess data, string pipeline, CancellationToken cancellationToken);

    /// <summary>Starts a write. Nothing is visible before <see cref="ITargetWriter.CommitAsync"/>.</summary>
    /// <param name="request">Pipeline, schema and run.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract ValueTask<ITargetWriter> OpenAsync(TargetRequest request, CancellationToken cancellationToken);
}
