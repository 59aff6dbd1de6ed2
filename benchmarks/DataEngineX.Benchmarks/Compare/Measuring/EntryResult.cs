namespace DataEngineX.Benchmarks.Compare.Measuring;

/// <summary>What was measured of one engine in one task.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Threads">How many threads it was given; 1 where it cannot be told.</param>
internal sealed record EntryResult(string Engine, int Threads)
{
    /// <summary>Milliseconds of each measured run, in order.</summary>
    public List<double> Milliseconds { get; } = [];

    /// <summary>The least managed memory any run allocated.</summary>
    public long AllocatedBytes { get; set; } = long.MaxValue;

    /// <summary>The most resident memory any run, warming up included, took over what the process held before it.</summary>
    public long PeakBytes { get; set; }

    public long AnswerRows { get; set; }

    /// <summary>Why the engine has no figure, or how its answer differs; null when all is well.</summary>
    public string? Problem { get; set; }

    public double Median
    {
        get
        {
            if (Milliseconds.Count == 0)
                return double.NaN;
            var sorted = Milliseconds.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
