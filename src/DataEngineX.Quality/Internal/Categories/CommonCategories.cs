namespace DataEngineX.Quality;

/// <summary>The most common values are categories, all others one more. Of values as common as each other the lowest bytes come first.</summary>
internal sealed class CommonCategories(StoredColumn column, int most) : Categories
{
    private const int MostValues = 1_000_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _common = new(StringComparer.Ordinal);

    public override void See(ReadOnlySpan<byte> value, long count)
    {
        var key = Convert.ToHexString(value);
        _counts[key] = _counts.GetValueOrDefault(key) + count;
        if (_counts.Count > MostValues)
            throw new InvalidOperationException($"Column '{column.Name}' has more than {MostValues} different values: the most common ones are not looked for.");
    }

    public override void Close()
    {
        foreach (var (key, _) in _counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(most))
            _common.Add(key, _common.Count);
        _counts.Clear();
    }

    public override int Of(ReadOnlySpan<byte> value) => _common.GetValueOrDefault(Convert.ToHexString(value), most);
}
