namespace DataEngineX.Quality;

/// <summary>A rule resolved against a schema; makes the state of each run. Thread-safe.</summary>
public abstract class BoundRule
{
    /// <summary>Whether there are rows that violate the rule. <value>Default: true.</value> False for a rule on the whole dataset.</summary>
    public virtual bool MarksRows => true;

    /// <summary>
    /// Whether a row's mark is known only after the last row, so that a quarantine has to hold all rows. <value>Default: false.</value>
    /// </summary>
    public virtual bool NeedsAllRows => false;

    /// <summary>
    /// Whether one state has to see all batches in order. <value>Default: true.</value> Where false, threads fill states of their own, each with
    /// some of the batches, and <see cref="RuleState.Merge"/> joins them.
    /// </summary>
    public virtual bool InOrder => true;

    /// <summary>Makes the state of one run.</summary>
    /// <param name="context">Allocator, clock and options of the run.</param>
    public abstract RuleState CreateState(RuleContext context);

    /// <summary>A rule that looks at each row by itself and remembers nothing.</summary>
    /// <param name="marker">Marks the rows of a batch; called from several threads.</param>
    public static BoundRule PerRow(RowMarker marker)
    {
        ArgumentNullException.ThrowIfNull(marker);
        return new RowRule(marker);
    }

    private sealed class RowRule(RowMarker marker) : BoundRule
    {
        public override bool InOrder => false;

        public override RuleState CreateState(RuleContext context) => new RowState(marker);
    }

    private sealed class RowState(RowMarker marker) : StatelessState
    {
        public override void Update(RuleBatch batch, Span<RowMark> marks) => marker(batch, marks);
    }
}
