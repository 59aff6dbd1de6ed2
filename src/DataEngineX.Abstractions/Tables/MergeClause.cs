using DataEngineX.Expressions;

namespace DataEngineX;

/// <summary>
/// A clause of a merge. Of the clauses for a row the first whose condition is true applies; without one the row stays as it is. Columns of the table
/// go by their names, those of the source by <see cref="Source"/>.
/// </summary>
public sealed record MergeClause
{
    private const string SourcePrefix = "source.";

    private MergeClause(MergeMatch match, MergeAction action, Expr? condition, IReadOnlyList<NamedExpr>? set)
    {
        Match = match;
        Action = action;
        Condition = condition;
        Set = set;
    }

    /// <summary>To which rows the clause applies.</summary>
    public MergeMatch Match { get; }

    /// <summary>What it does.</summary>
    public MergeAction Action { get; }

    /// <summary>What must be true beside that; null for nothing.</summary>
    public Expr? Condition { get; }

    /// <summary>The columns set; null for all that the source has, under their names. Others keep their value, in an insert they are null.</summary>
    public IReadOnlyList<NamedExpr>? Set { get; }

    /// <summary>A column of the source row.</summary>
    /// <param name="column">Its name.</param>
    public static Expr Source(string column) => new ColumnExpr(SourcePrefix + column);

    /// <summary>Updates the row of the table that has the key of a source row.</summary>
    /// <param name="condition">What must be true of the two rows. <value>Default: null, nothing.</value></param>
    /// <param name="set">The columns set. <value>Default: null, all that the source has.</value></param>
    public static MergeClause WhenMatchedUpdate(Expr? condition = null, IReadOnlyList<NamedExpr>? set = null) =>
        new(MergeMatch.Matched, MergeAction.Update, condition, set);

    /// <summary>Deletes the row of the table that has the key of a source row.</summary>
    /// <param name="condition">What must be true of the two rows. <value>Default: null, nothing.</value></param>
    public static MergeClause WhenMatchedDelete(Expr? condition = null) => new(MergeMatch.Matched, MergeAction.Delete, condition, null);

    /// <summary>Inserts a source row whose key is not in the table.</summary>
    /// <param name="condition">What must be true of the source row. <value>Default: null, nothing.</value></param>
    /// <param name="set">The columns set. <value>Default: null, all that the source has.</value></param>
    public static MergeClause WhenNotMatchedInsert(Expr? condition = null, IReadOnlyList<NamedExpr>? set = null) =>
        new(MergeMatch.NotMatched, MergeAction.Insert, condition, set);

    /// <summary>Updates a row of the table whose key is in no source row.</summary>
    /// <param name="set">The columns set.</param>
    /// <param name="condition">What must be true of the row. <value>Default: null, nothing.</value></param>
    public static MergeClause WhenNotMatchedBySourceUpdate(IReadOnlyList<NamedExpr> set, Expr? condition = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new MergeClause(MergeMatch.NotMatchedBySource, MergeAction.Update, condition, set);
    }

    /// <summary>Deletes a row of the table whose key is in no source row.</summary>
    /// <param name="condition">What must be true of the row. <value>Default: null, nothing.</value></param>
    public static MergeClause WhenNotMatchedBySourceDelete(Expr? condition = null) =>
        new(MergeMatch.NotMatchedBySource, MergeAction.Delete, condition, null);

    /// <summary>The clause as text, the same for equal clauses.</summary>
    public override string ToString()
    {
        var set = Set is null ? "" : $" ({string.Join(' ', Set)})";
        return $"({Match} {Action} {Condition?.Canonical ?? "always"}{set})";
    }
}
