namespace DataEngineX.Quality;

/// <summary>A rule at work in one run. Batches come one at a time: all of them in order, or, where <see cref="BoundRule.InOrder"/> is false, some of them.</summary>
/// <remarks>
/// An exception thrown here ends this rule alone: its verdict says error, all other rules go on. A state that merges and saves what it knows
/// lets days add up without being read again (<see cref="SuiteState"/>).
/// </remarks>
public abstract class RuleState : IDisposable
{
    /// <summary>Looks at the rows of a batch and marks those that violate the rule or are not checked.</summary>
    /// <param name="batch">The rows, borrowed.</param>
    /// <param name="marks">One mark a row; see <see cref="RowMarker"/>.</param>
    public abstract void Update(RuleBatch batch, Span<RowMark> marks);

    /// <summary>
    /// Marks the rows of a batch once more, now that all rows are known. Called for each batch in the order of the rows, between
    /// the last update or merge and <see cref="Finish"/>, when <see cref="RuleContext.WillRevisit"/> is set.
    /// </summary>
    /// <param name="batch">The rows, borrowed.</param>
    /// <param name="marks">One mark a row; only violations matter.</param>
    public virtual void Revisit(RuleBatch batch, Span<RowMark> marks)
    {
    }

    /// <summary>
    /// Takes in what another state of the same bound rule knows. That one saw other rows: the rows that follow those of this state or, where
    /// <see cref="BoundRule.InOrder"/> is false, any others. It is not used again and disposed by the caller.
    /// </summary>
    /// <param name="other">The other state, of the same class.</param>
    /// <param name="rowsBefore">What to add to each row number the other state holds: 0 for a part of the same stream.</param>
    /// <exception cref="NotSupportedException">States of this rule do not merge, which is what a rule does that says nothing else.</exception>
    public virtual void Merge(RuleState other, long rowsBefore) =>
        throw new NotSupportedException($"{GetType().Name} does not merge; override Merge, Save and Load for a rule whose states add up.");

    /// <summary>Writes what the state knows.</summary>
    /// <param name="writer">Takes it.</param>
    /// <exception cref="NotSupportedException">States of this rule are not saved, which is what a rule does that says nothing else.</exception>
    public virtual void Save(BinaryWriter writer) =>
        throw new NotSupportedException($"{GetType().Name} cannot be saved; override Merge, Save and Load for a rule whose states add up.");

    /// <summary>Reads what <see cref="Save"/> wrote into a new state.</summary>
    /// <param name="reader">Gives it.</param>
    /// <exception cref="NotSupportedException">States of this rule are not saved, which is what a rule does that says nothing else.</exception>
    public virtual void Load(BinaryReader reader) =>
        throw new NotSupportedException($"{GetType().Name} cannot be loaded; override Merge, Save and Load for a rule whose states add up.");

    /// <summary>Gives the verdict after the last batch; asked again after more batches or merges, it gives the verdict on all.</summary>
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
