using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>What the values seen at one path have in common.</summary>
internal sealed class JsonGuess(bool namesNumbers)
{
    private static readonly string[] Kinds = ["bool", "int64", "double", "date32", "timestamp", "timestamp with zone", "utf8", "object", "array"];
    private readonly long[] _counts = new long[Kinds.Length];
    private readonly (long Line, string Text)[] _first = new (long, string)[Kinds.Length];
    private readonly Dictionary<string, JsonGuess> _members = new(StringComparer.Ordinal);
    private JsonGuess? _items;

    /// <summary>How many values were not null.</summary>
    internal long Values => _counts.Sum();

    /// <summary>Takes a value.</summary>
    internal void Add(JsonElement value, long line)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return;
        var kind = KindOf(value);
        if (_counts[kind]++ == 0)
        {
            var text = value.GetRawText();
            _first[kind] = (line, text.Length <= 60 ? text : text[..60] + "…");
        }

        if (value.ValueKind == JsonValueKind.Object)
            AddMembers(value, line);
        if (value.ValueKind != JsonValueKind.Array)
            return;
        _items ??= new JsonGuess(namesNumbers);
        foreach (var item in value.EnumerateArray())
            _items.Add(item, line);
    }

    /// <summary>The members of the objects seen, in the order in which they came first, as columns.</summary>
    internal Schema Columns => new([.. _members.Select(m => new Field(m.Key, m.Value.Type, nullable: true))], null);

    /// <summary>Whether values of different kinds can only be told as text.</summary>
    internal bool IsMixed => (TypeOrNull is null && Values > 0) || _members.Values.Any(static m => m.IsMixed) || _items is { IsMixed: true };

    /// <summary>The narrowest type that takes all values.</summary>
    internal IArrowType Type => TypeOrNull ?? StringType.Default;

    private IArrowType? TypeOrNull
    {
        get
        {
            var seen = string.Join('+', Kinds.Where((_, i) => _counts[i] > 0));
            return seen switch
            {
                "bool" => BooleanType.Default,
                "int64" => Int64Type.Default,
                "double" or "int64+double" => DoubleType.Default,
                "date32" => Date32Type.Default,
                "timestamp" or "date32+timestamp" => ArrowTypes.TimestampLocal,
                "timestamp with zone" => ArrowTypes.TimestampUtc,
                "object" when _members.Count > 0 => new StructType(Columns.FieldsList),
                "array" => new ListType(new Field("item", _items!.Type, nullable: true)),
                _ when seen.Length > 0 && Kinds.Where((_, i) => _counts[i] > 0).All(static k => k is "date32" or "timestamp" or "timestamp with zone" or "utf8") => StringType.Default,
                _ => null,
            };
        }
    }

    /// <summary>Describes the columns below a path.</summary>
    internal IEnumerable<SniffedColumn> Describe(string path, long objects)
    {
        foreach (var (name, member) in _members)
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            yield return member.Describe(name, here, objects);
            var below = member;
            for (; below is { _members.Count: 0, _items: not null }; here += "[]")
                below = below._items;
            foreach (var column in below.Describe(here, below._counts[7]))
                yield return column;
        }
    }

    private int KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => 0,
        JsonValueKind.Number => value.TryGetInt64(out _) && !value.GetRawText().AsSpan().ContainsAny(".eE") ? 1 : 2,
        JsonValueKind.Object => 7,
        JsonValueKind.Array => 8,
        _ => KindOf(System.Text.Encoding.UTF8.GetBytes(value.GetString()!)),
    };

    private int KindOf(ReadOnlySpan<byte> text)
    {
        if (namesNumbers && JsonNamedNumbers.IsOne(text))
            return 2;
        if (TextTimes.TryDay(text, out _))
            return 3;
        if (TextTimes.TryTimestamp(text, ArrowTypes.TimestampLocal, out _))
            return 4;
        return TextTimes.TryTimestamp(text, ArrowTypes.TimestampUtc, out _) ? 5 : 6;
    }

    private void AddMembers(JsonElement value, long line)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (!_members.TryGetValue(member.Name, out var guess))
                _members.Add(member.Name, guess = new JsonGuess(namesNumbers));
            guess.Add(member.Value, line);
        }
    }

    private SniffedColumn Describe(string name, string path, long objects)
    {
        var type = TypeOrNull;
        var kinds = Enumerable.Range(0, Kinds.Length).Where(i => _counts[i] > 0).ToList();
        if (kinds.Count == 0)
            return new SniffedColumn(name, path, Type, 0, objects, null, null, "no value was seen");

        // The kind that came last is the one that made the type as wide as it is.
        var last = kinds.MaxBy(i => _first[i].Line);
        var reason = kinds.Count == 1 ? $"all {Kinds[last]}"
            : $"{string.Join(" and ", kinds.Select(i => $"{_counts[i]} {Kinds[i]}"))}{(type is null ? ": only text takes them all" : "")}";
        return new SniffedColumn(name, path, Type, Values, objects - Values, _first[last].Line, _first[last].Text, reason);
    }
}
