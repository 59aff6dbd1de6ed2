using System.Text;
using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Each value of a column matches patterns, or matches none. Missing values are not checked; what is not text is matched as it is shown in samples.</summary>
public abstract class PatternRule : ColumnRule
{
    private protected PatternRule(string column, IEnumerable<string> patterns, PatternMatch match, bool negated)
        : base(column)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        Patterns = [.. patterns];
        if (Patterns.Count == 0)
            throw new ArgumentException($"A rule on the patterns of column '{column}' needs at least one.", nameof(patterns));
        Match = match;
        IsNegated = negated;
    }

    /// <summary>The patterns.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>How many of them have to match. Without effect where none may.</summary>
    public PatternMatch Match { get; }

    /// <summary>Whether none of the patterns may match.</summary>
    public bool IsNegated { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters =>
        Patterns.Count == 1 ? [RuleParameter.Of("pattern", Patterns[0])]
        : IsNegated ? [RuleParameter.Of("patterns", Patterns)]
        : [RuleParameter.Of("patterns", Patterns), RuleParameter.Of("match", Match == PatternMatch.Any ? "any" : "all")];

    /// <inheritdoc/>
    public override string Expectation
    {
        get
        {
            var list = string.Join(", ", Patterns.Select(p => $"'{p}'"));
            return Patterns.Count == 1
                ? $"{Column} {(IsNegated ? "does not match" : "matches")} {list}"
                : $"{Column} matches {(IsNegated ? "none" : Match == PatternMatch.Any ? "one" : "all")} of {list}";
        }
    }

    private protected abstract IReadOnlyList<TextTest> Tests { get; }

    /// <inheritdoc/>
    public override BoundRule Bind(BindContext context, Schema schema)
    {
        var ordinal = Ordinal(schema, Column);
        TextTest[] tests = [.. Tests];
        if (Find(schema).Kind == ColumnKind.Text)
            return TextRows.Rule(ordinal, tests is [var only] ? IsNegated ? only.Negated() : only : TextTest.Of(text => Holds(tests, text)));
        return BoundRule.PerRow((batch, marks) =>
        {
            batch.SkipMissing(ordinal, marks);
            MarkOther(tests, batch.Column(ordinal), marks);
        });
    }

    private bool Holds(TextTest[] tests, ReadOnlySpan<byte> text)
    {
        var all = Match == PatternMatch.All && !IsNegated;
        foreach (var test in tests)
        {
            var matches = test.Holds(text);
            if (all != matches)
                return !all && !IsNegated;
        }

        return all || IsNegated;
    }

    private void MarkOther(TextTest[] tests, IArrowArray column, Span<RowMark> marks)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds && !Holds(tests, Encoding.UTF8.GetBytes(CellText.Of(column, i) ?? string.Empty)))
                marks[i] = RowMark.Violates;
        }
    }
}
