using Apache.Arrow.Memory;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>What the state of a rule may use in one run.</summary>
public sealed record RuleContext
{
    /// <summary>The most samples a verdict holds when nothing else is said.</summary>
    public const int DefaultMaxSamples = 20;

    private SpillSpace? _space;

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

    /// <summary>The most samples the verdict holds. <value>Default: <see cref="DefaultMaxSamples"/>.</value></summary>
    public int MaxSamples { get; init; } = DefaultMaxSamples;

    /// <summary>The most characters of a value in samples. <value>Default: 200.</value></summary>
    public int MaxValueLength { get; init; } = RuleText.MaxSampleLength;

    /// <summary>The positions of the columns that identify a row in samples. <value>Default: none.</value></summary>
    public IReadOnlyList<int> KeyOrdinals { get; init; } = [];

    /// <summary>What is known of the datasets that rules hold this one against. <value>Default: null, there is none.</value></summary>
    internal ReferenceSet? References { get; init; }

    /// <summary>How many threads may work on what a rule knows once all rows are seen.</summary>
    internal int Threads { get; init; } = 1;

    /// <summary>Memory and file of what rules keep of all rows.</summary>
    internal SpillSpace Space
    {
        get => _space ??= new SpillSpace(Allocator);
        init => _space = value;
    }

    /// <summary>The outcome for counted rows: not-evaluated without any, else whether the share that holds reaches <see cref="Mostly"/>.</summary>
    /// <param name="checkedRows">The rows checked.</param>
    /// <param name="failedRows">Those that violate the rule.</param>
    public VerdictOutcome Decide(long checkedRows, long failedRows) =>
        checkedRows == 0 ? VerdictOutcome.NotEvaluated
        : Reaches(checkedRows, failedRows, Mostly) ? VerdictOutcome.Pass
        : VerdictOutcome.Fail;

    /// <summary>Whether the share that holds reaches another; a plain division of doubles.</summary>
    internal static bool Reaches(long checkedRows, long failedRows, double mostly) =>
        checkedRows == 0 || (checkedRows - failedRows) / (double)checkedRows >= mostly;
}
