namespace DataEngineX.Quality;

/// <summary>Values of one group are one category, each other value is one of its own.</summary>
internal sealed class GroupCategories : Categories
{
    private readonly StoredColumn _column;
    private readonly ValueCategories _others;
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private readonly int _count;

    public GroupCategories(StoredColumn column, IReadOnlyList<IReadOnlyList<object>> groups)
    {
        (_column, _others, _count) = (column, new ValueCategories(column), groups.Count);
        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var value in groups[i])
            {
                if (ValueKey.Of(value, column) is { } key)
                    _groups[key] = i;
            }
        }
    }

    public override int Of(ReadOnlySpan<byte> value)
    {
        using var one = KeyColumns.Build(_column.Type, [value.ToArray()]);
        return _groups.TryGetValue(ValueKey.Of(one, 0, _column), out var group) ? group : _count + _others.Of(value);
    }
}
