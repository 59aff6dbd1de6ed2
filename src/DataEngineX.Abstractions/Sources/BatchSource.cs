using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX;

/// <summary>Something batches are read from: described without I/O, pinned to a version when a run is planned, then read.</summary>
public abstract class BatchSource
{
    /// <summary>The dataset read.</summary>
    public abstract DatasetId Dataset { get; }

    /// <summary>Writes every parameter that can change what is read.</summary>
    /// <param name="writer">Takes the parameters.</param>
    public abstract void WriteCanonical(CanonicalWriter writer);

    /// <summary>The schema of the rows, or null when the dataset does not exist yet.</summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract ValueTask<Schema?> GetSchemaAsync(DataAccess data, CancellationToken cancellationToken);

    /// <summary>Decides what a run will read.</summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="since">The position after which new data starts, for an incremental read; null for everything.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract ValueTask<InputVersion> PinAsync(DataAccess data, string? since, CancellationToken cancellationToken);

    /// <summary>
    /// What tells the dataset as it was at a position from another one that has taken its place since: a table that was deleted and made anew counts its versions from
    /// 0 again, and may have come past a position that was read of the old one.
    /// </summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="position">A position that was read.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The text; empty where the dataset has not come to such a position; null where it cannot be told. <value>Default: null.</value></returns>
    public virtual ValueTask<string?> IdentifyAsync(DataAccess data, string position, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Guesses how much a pinned version holds, cheaply. <value>Default: <see cref="SourceSize.Unknown"/>.</value></summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="input">The version.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public virtual ValueTask<SourceSize> EstimateAsync(DataAccess data, InputVersion input, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SourceSize.Unknown);

    /// <summary>Reads the pinned version.</summary>
    /// <param name="request">What to read and where to allocate.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches with the schema of the request; the consumer owns each.</returns>
    public abstract IAsyncEnumerable<RecordBatch> ReadAsync(ScanRequest request, CancellationToken cancellationToken);

    /// <summary>Reads the pinned version in parts that several workers may read at once. <value>Default: <see cref="ReadAsync"/>, a batch a part.</value></summary>
    /// <param name="request">What to read and where to allocate.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public virtual BatchStream Read(ScanRequest request, CancellationToken cancellationToken) => BatchStream.Of(ReadAsync(request, cancellationToken));

    /// <summary>Whether a read of new data only is possible. <value>Default: false.</value></summary>
    public virtual bool SupportsIncremental => false;

    /// <summary>The source as an incremental read has it, where that looks at more than a read of everything does. <value>Default: the source itself.</value></summary>
    public virtual BatchSource AsIncremental() => this;

    /// <summary>
    /// Cuts what an incremental read would give into parts that may be read, and published, one after the other: together they give the same rows, none twice.
    /// </summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="input">What would be read at once.</param>
    /// <param name="rows">About how many rows a part has.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The positions at which parts end, in order; the last is that of the input. <value>Default: that alone.</value></returns>
    public virtual ValueTask<IReadOnlyList<string>> CutAsync(DataAccess data, InputVersion input, long rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ValueTask.FromResult<IReadOnlyList<string>>([input.Position]);
    }

    /// <summary>The position of what was read without inputs that were refused whole, so that the next run reads them again.</summary>
    /// <param name="input">What was to be read.</param>
    /// <param name="refused">The names of the inputs, as <see cref="SourceRefusedException.SourceName"/> has them.</param>
    /// <returns>The position. <value>Default: null, none can be left out, and a run that refuses one publishes nothing.</value></returns>
    public virtual string? LeaveOut(InputVersion input, IReadOnlySet<string> refused) => null;

    /// <summary>Whether <see cref="ReadChangesAsync"/> tells rows that were changed and deleted too. <value>Default: false.</value></summary>
    public virtual bool TellsChanges => false;

    /// <summary>Reads the rows that were inserted, updated (as they were and as they are) or deleted between the two positions of the input, in any order;
    /// rows that did not change may be among them.</summary>
    /// <param name="request">What to read and where to allocate; its input has a position after which it starts.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches with the schema of the request; the consumer owns each.</returns>
    /// <exception cref="NotSupportedException">The source does not tell changes. <value>Default: always.</value></exception>
    public virtual IAsyncEnumerable<RecordBatch> ReadChangesAsync(ScanRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Dataset} does not tell what changed.");

    /// <summary>Whether the source skips data by <see cref="ScanRequest.Predicate"/>. <value>Default: false.</value></summary>
    public virtual bool SupportsPredicate => false;

    /// <summary>Tells which files a condition leaves to be read, for EXPLAIN. <value>Default: null, it is not known before they are read.</value></summary>
    /// <param name="data">Tables, objects and services.</param>
    /// <param name="input">The version.</param>
    /// <param name="predicate">The condition that reached the source.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public virtual ValueTask<FileSelection?> SelectFilesAsync(DataAccess data, InputVersion input, Expr predicate, CancellationToken cancellationToken) =>
        ValueTask.FromResult<FileSelection?>(null);

    /// <summary>
    /// The operator under whose name rows that cannot be read go to quarantine, where <see cref="RereadAsync"/> can read them again. <value>Default: null, none can be.</value>
    /// </summary>
    public virtual string? RefusedBy => null;

    /// <summary>
    /// Reads rows again that were refused in earlier runs, as the source now reads. What is refused once more goes back to quarantine, accounted for as in any read.
    /// </summary>
    /// <param name="rows">The rows, as their quarantine holds them.</param>
    /// <param name="request">What to yield and where to allocate.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Batches with the schema of the request; the consumer owns each.</returns>
    /// <exception cref="NotSupportedException">The source cannot. <value>Default: always.</value></exception>
    public virtual IAsyncEnumerable<RecordBatch> RereadAsync(IReadOnlyList<RefusedRow> rows, ScanRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Dataset} does not read again what it refused.");

    /// <summary>Streams the reader yields beside its rows. <value>Default: none.</value></summary>
    public virtual IReadOnlyList<SideOutput> SideOutputs => [];
}
