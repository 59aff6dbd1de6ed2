using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>No two rows of a run have the same key. Every copy violates the rule, the first one too.</summary>
/// <remarks>
/// A row whose key columns are all missing is not checked: in a key of one column nulls are ignored, in a key of several a null equals a null.
/// NaN equals NaN, and -0.0 equals 0.0. All keys of the run are held in its memory budget; at a quarantine all rows are held too.
/// </remarks>
public sealed class UniqueRule : Rule
{
    private readonly IgnoredRows _ignored;

    /// <summary>Creates the rule.</summary>
    /// <param name="columns">The key columns, at least one and none twice.</param>
    public UniqueRule(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Distinct(StringComparer.Ordinal).Count() != columns.Count)
            throw new ArgumentException($"unique needs at least one column, each once, not [{string.Join(", ", columns)}].", nameof(columns));
        Columns = columns;
    }

    /// <summary>The rows that are not checked. <value>Default: those in which all key columns are missing.</value></summary>
    /// <remarks>In a key of one column missing values are never checked.</remarks>
    public IgnoredRows Ignored
    {
        get => _ignored;
        init => _ignored = Columns.Count == 1 ? IgnoredRows.AllMissing : value;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        Ignored == IgnoredRows.AllMissing ? [] : [RuleParameter.Of("ignore", MissingRows.NameOf(Ignored))];

    /// <inheritdoc/>
    public override string Name => "unique";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override string Expectation => Columns.Count == 1
        ? $"{Columns[0]} is unique"
        : $"({string.Join(", ", Columns)}) is unique";

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        StoredColumn[] columns = [.. Columns.Select(c => StoredColumn.Of(schema, Ordinal(schema, c)))];
        if (System.Array.Find(columns, c => !KeyEncoder.Fits(c)) is { } unfit)
            throw Unfit(unfit.Name, $"values of type {unfit.TypeName} cannot be a key.");
        return new Bound(columns, Ignored);
    }

    private sealed class Bound(StoredColumn[] columns, IgnoredRows ignored) : BoundRule
    {
        public override bool NeedsAllRows => true;

        public override bool InOrder => false;

        public override RuleState CreateState(RuleContext context) => new UniqueState(columns, ignored, context);
    }
}
