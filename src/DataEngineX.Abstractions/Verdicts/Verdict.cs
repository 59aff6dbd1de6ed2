using System.Globalization;

namespace DataEngineX;

/// <summary>What one rule found in one run, with exact counts and a few samples.</summary>
public sealed record Verdict
{
    /// <summary>The rule's name, such as <c>between</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The column or columns checked, or null for a rule on the whole dataset.</summary>
    public string? Column { get; init; }

    /// <summary>The columns checked, in order; empty for a rule on the whole dataset.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What was expected, in words.</summary>
    public string? Expectation { get; init; }

    /// <summary>The outcome.</summary>
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>How much a failure matters. <value>Default: <see cref="Severity.Error"/>.</value></summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The labels of the rule.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The parameters of the rule, in order.</summary>
    public IReadOnlyList<VerdictField> Parameters { get; init; } = [];

    /// <summary>The row filter of the rule in words, or null.</summary>
    public string? Where { get; init; }

    /// <summary>The key of the group this verdict is of, column by column; empty when the rule is not evaluated by group.</summary>
    public IReadOnlyList<VerdictField> Group { get; init; } = [];

    /// <summary>The rows the rule looked at: all its row filter lets through, with or without a value.</summary>
    public long Elements { get; init; }

    /// <summary>Those of them that were not checked, for want of a value.</summary>
    public long Missing { get; init; }

    /// <summary>The rows, or other things, that were checked.</summary>
    public long Checked { get; init; }

    /// <summary>How many of them violate the rule.</summary>
    public long Failed { get; init; }

    /// <summary>The share that must hold, when the rule has a tolerance.</summary>
    public double? Mostly { get; init; }

    /// <summary>The further thresholds of the rule, the main one not among them.</summary>
    public IReadOnlyList<VerdictThreshold> Thresholds { get; init; } = [];

    /// <summary>The value observed, for rules on an aggregate: as text.</summary>
    public string? Observed { get; init; }

    /// <summary>The value observed as JSON text: a number, a text, a list or an object.</summary>
    public string? ObservedJson { get; init; }

    /// <summary>What else was observed, such as the counts of values or the columns that are missing.</summary>
    public IReadOnlyList<VerdictField> Details { get; init; } = [];

    /// <summary>Why the rule could not be evaluated, for <see cref="VerdictOutcome.Error"/>.</summary>
    public string? Message { get; init; }

    /// <summary>The first violating rows, as many as the suite keeps.</summary>
    public IReadOnlyList<VerdictSample> Samples { get; init; } = [];

    /// <summary>The most common failing values, the most common first and of equally common ones the lower.</summary>
    public IReadOnlyList<VerdictValue> CommonValues { get; init; } = [];

    /// <summary>One sentence.</summary>
    public override string ToString()
    {
        var subject = Column is null ? Rule : $"{Rule}({Column})";
        if (Group.Count > 0)
            subject += $" of {string.Join(", ", Group.Select(g => $"{g.Name}={g.Json}"))}";
        var detail = Message ?? (Observed is null
            ? string.Create(CultureInfo.InvariantCulture, $"{Failed} of {Checked} failed")
            : $"observed {Observed}");
        return $"{subject} {Outcome switch
        {
            VerdictOutcome.Pass => "passed",
            VerdictOutcome.Fail => "failed",
            VerdictOutcome.Error => "could not be evaluated",
            _ => "had nothing to check",
        }}: {detail}";
    }
}
