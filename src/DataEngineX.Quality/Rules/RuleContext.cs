using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>What the state of a rule may use in one run.</summary>
public sealed record RuleContext
{
    /// <summary>The most samples a verdict holds.</summary>
    public const int MaxSamples = 20;

    /// <summary>Where buffers are allocated; it is the memory budget of the run.</summary>
    public required MemoryAllocator Allocator { get; init; }

    /// <summary>Clock and seed of the run.</summary>
    public required RunParameters Parameters { get; init; }

    /// <summary>Whether NaN counts as missing. <value>Default: false, NaN is a value.</value></summary>
    public bool NaNIsMissing { get; init; }

    /// <summary>
    /// Whether <see cref="RuleState.Revisit"/> will be called: rows are held until all are known, and the rule is one that needs all rows.
    /// <value>Default: false.</value>
    /// </summary>
    public bool WillRevisit { get; init; }

    /// <summary>The share of the checked rows that must hold, 0 to 1. <value>Default: 1.</value></summary>
    public double Mostly { get; init; } = 1;

    /// <summary>The outcome for counted rows: not-evaluated without any, else whether the share that holds reaches <see cref="Mostly"/>.</summary>
    /// <param name="checkedRows">The rows checked.</param>
    /// <param name="failedRows">Those that violate the rule.</param>
    public VerdictOutcome Decide(long checkedRows, long failedRows) =>
        checkedRows == 0 ? VerdictOutcome.NotEvaluated
        : (checkedRows - failedRows) / (double)checkedRows >= Mostly ? VerdictOutcome.Pass
        : VerdictOutcome.Fail;
}
