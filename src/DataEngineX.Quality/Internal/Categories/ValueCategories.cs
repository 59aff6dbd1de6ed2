namespace DataEngineX.Quality;

/// <summary>Each value is a category.</summary>
internal sealed class ValueCategories(StoredColumn column) : Categories
{
    private const int Most = 1000;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    public override int Of(ReadOnlySpan<byte> value)
    {
        var key = Convert.ToHexString(value);
        if (_known.TryGetValue(key, out var category))
            return category;
        if (_known.Count == Most)
            throw new InvalidOperationException($"Column '{column.Name}' has more than {Most} different values: an association is one of categories.");
        return _known[key] = _known.Count;
    }
}
