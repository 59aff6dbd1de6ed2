namespace DataEngineX.Quality;

/// <summary>The samples with the lowest row numbers, in whatever order they are found.</summary>
internal sealed class FirstSamples(int most)
{
    private readonly List<VerdictSample> _samples = [];

    public bool Wants(long row) => _samples.Count < most || (most > 0 && row < _samples[^1].Row);

    public void Add(VerdictSample sample)
    {
        if (_samples.Count == 0 || _samples[^1].Row < sample.Row)
        {
            _samples.Add(sample);
        }
        else
        {
            var index = _samples.BinarySearch(sample, Comparer<VerdictSample>.Create((a, b) => a.Row.CompareTo(b.Row)));
            _samples.Insert(index < 0 ? ~index : index, sample);
        }

        if (_samples.Count > most)
            _samples.RemoveAt(most);
    }

    public IReadOnlyList<VerdictSample> ToList() => [.. _samples];
}
