using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Testing.Conformance;

/// <summary>A place of <see cref="DispositionConformance"/> in which nothing is yet, and the targets that write there.</summary>
public abstract class DispositionPlace : IAsyncDisposable
{
    /// <summary>The dispositions that its targets know; the others they refuse by name.</summary>
    public virtual IReadOnlyCollection<WriteDisposition> Dispositions => Enum.GetValues<WriteDisposition>();

    /// <summary>Whether a replacement may be of the rows of some keys alone. <value>Default: true.</value></summary>
    public virtual bool ReplacesKeys => true;

    /// <summary>What its targets reach.</summary>
    public abstract DataAccess Data { get; }

    /// <summary>A target that writes there. All targets of a place write to the same dataset.</summary>
    /// <param name="write">The disposition and what it needs.</param>
    /// <exception cref="PlanException">The disposition is not known.</exception>
    public abstract DispositionTarget Target(DispositionWrite write);

    /// <summary>All rows that are there; none where there is nothing.</summary>
    /// <param name="schema">The columns.</param>
    public abstract IAsyncEnumerable<RecordBatch> ReadAsync(Schema schema);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
