namespace DataEngineX.Quality;

/// <summary>A rule that looks at several columns of a row.</summary>
public abstract class SeveralColumnsRule : Rule
{
    private protected SeveralColumnsRule(IReadOnlyList<string> columns, int least, IgnoredRows ignored)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count < least || columns.Any(string.IsNullOrEmpty))
            throw new ArgumentException($"{GetType().Name} needs at least {least} columns, not [{string.Join(", ", columns)}].", nameof(columns));
        Columns = columns;
        Ignored = ignored;
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Columns { get; }

    /// <summary>The rows that are not checked.</summary>
    public IgnoredRows Ignored { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("ignore", MissingRows.NameOf(Ignored))];

    private protected string List => $"({string.Join(", ", Columns)})";
}
