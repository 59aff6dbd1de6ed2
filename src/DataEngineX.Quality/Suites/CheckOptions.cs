using Apache.Arrow.Memory;

namespace DataEngineX.Quality;

/// <summary>How a suite is checked outside of a pipeline.</summary>
public sealed record CheckOptions
{
    /// <summary>The clock of freshness rules. <value>Default: the system's.</value></summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where rules allocate, and batches that are made for the check. <value>Default: null: rules in native memory, batches by Arrow's default.</value></summary>
    public MemoryAllocator? Allocator { get; init; }

    /// <summary>
    /// The most samples a verdict holds; <see cref="int.MaxValue"/> for all. <value>Default: null, what the suite says.</value>
    /// </summary>
    public int? MaxSamples { get; init; }

    /// <summary>The most characters of a value in samples; what is longer is cut. <value>Default: 200.</value></summary>
    public int MaxValueLength { get; init; } = 200;

    /// <summary>The columns that identify a row in samples. <value>Default: null, what the suite says.</value></summary>
    public IReadOnlyList<string>? KeyColumns { get; init; }

    /// <summary>The other datasets that rules of the suite hold this one against, by name. <value>Default: none.</value></summary>
    public IReadOnlyDictionary<string, ReferenceRows> References { get; init; } = new Dictionary<string, ReferenceRows>();

    /// <summary>How many batches are checked side by side. Verdicts are the same for any number. <value>Default: one a processor.</value></summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Where goes what rules must keep of all rows, such as keys that have to be unique, when memory is short: beyond a third of the budget of
    /// <see cref="Allocator"/>, or of 2 GiB where that has none. Nothing stays behind. <value>Default: null, the system's temporary folder.</value>
    /// </summary>
    public string? ScratchFolder { get; init; }

    /// <summary>What a rule that does not fit the schema means. <value>Default: <see cref="UnfitRules.Refuse"/>.</value></summary>
    public UnfitRules UnfitRules { get; init; }
}
