namespace DataEngineX.Quality;

/// <summary>The samples with the lowest row numbers, in whatever order they are found.</summary>
internal sealed class FirstSamples
{
    private readonly List<VerdictSample> _samples = new(RuleContext.MaxSamples);

    public bool Wants(long row) => _samples.Count < RuleContext.MaxSamples || row < _samples[^1].Row;

    public void Add(VerdictSample sample)
    {
        var index = _samples.Count;
        while (index > 0 && _samples[index - 1].Row > sample.Row)
            index--;
        _samples.Insert(index, sample);
        if (_samples.Count > RuleContext.MaxSamples)
            _samples.RemoveAt(RuleContext.MaxSamples);
    }

    public IReadOnlyList<VerdictSample> ToList() => [.. _samples];
}
