using System.Globalization;

namespace DataEngineX;

/// <summary>What one rule found in one run, with exact counts and a few samples.</summary>
public sealed record Verdict
{
    /// <summary>The rule's name, such as <c>between</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The column or columns checked, or null for a rule on the whole dataset.</summary>
    public string? Column { get; init; }

    /// <summary>What was expected, in words.</summary>
    public string? Expectation { get; init; }

    /// <summary>The outcome.</summary>
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>How much a failure matters. <value>Default: <see cref="Severity.Error"/>.</value></summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The rows, or other things, that were checked.</summary>
    public long Checked { get; init; }

    /// <summary>How many of them violate the rule.</summary>
    public long Failed { get; init; }

    /// <summary>The share that must hold, when the rule has a tolerance.</summary>
    public double? Mostly { get; init; }

    /// <summary>The value observed, for rules on an aggregate.</summary>
    public string? Observed { get; init; }

    /// <summary>Why the rule could not be evaluated, for <see cref="VerdictOutcome.Error"/>.</summary>
    public string? Message { get; init; }

    /// <summary>A few violating rows.</summary>
    public IReadOnlyList<VerdictSample> Samples { get; init; } = [];

    /// <summary>One sentence.</summary>
    public override string ToString()
    {
        var subject = Column is null ? Rule : $"{Rule}({Column})";
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
