namespace DataEngineX.Quality;

/// <summary>A rule at work in one run. Batches come one at a time and in order.</summary>
/// <remarks>An exception thrown here ends this rule alone: its verdict says error, all other rules go on.</remarks>
public abstract class RuleState : IDisposable
{
    /// <summary>Looks at the rows of a batch and marks those that violate the rule or are not checked.</summary>
    /// <param name="batch">The rows, borrowed.</param>
    /// <param name="marks">One mark a row; see <see cref="RowMarker"/>.</param>
    public abstract void Update(RuleBatch batch, Span<RowMark> marks);

    /// <summary>
    /// Marks the rows of a batch once more, now that all rows are known. Called for each batch in the order of <see cref="Update"/>, between
    /// the last of these calls and <see cref="Finish"/>, when <see cref="RuleContext.WillRevisit"/> is set.
    /// </summary>
    /// <param name="batch">The rows, borrowed.</param>
    /// <param name="marks">One mark a row; only violations matter.</param>
    public virtual void Revisit(RuleBatch batch, Span<RowMark> marks)
    {
    }

    /// <summary>Gives the verdict after the last batch.</summary>
    /// <param name="counted">
    /// The verdict as the marks give it: exact counts, samples, and the outcome under the rule's tolerance; not-evaluated when no row was
    /// checked. A rule that marks no rows, or needs all rows to mark them, returns it with outcome, counts and samples of its own.
    /// </param>
    public virtual Verdict Finish(Verdict counted) => counted;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the state allocated.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
