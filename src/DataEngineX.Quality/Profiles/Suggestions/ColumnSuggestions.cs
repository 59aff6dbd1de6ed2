using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>Finds the rules that one column suggests.</summary>
internal sealed class ColumnSuggestions(ColumnProfile column, SuggestionOptions options, List<RuleSuggestion> all)
{
    private readonly string _name = CSharpText.Of(column.Name);
    private readonly long _values = column.Rows - column.Nulls;

    public void Add()
    {
        AddPresence();
        if (_values < options.MinRows)
            return;
        var isKey = AddKey();
        if (column.Numbers is { Count: > 0 } numbers)
            AddNumbers(numbers, isKey);
        if (column.Text is { } text && column.Kind == ValueKind.Text)
            AddTexts(text, isKey);
    }

    private void AddPresence()
    {
        if (column.Nulls == 0)
        {
            Add(new NotNullRule(column.Name), null, $".NotNull({_name})", "no row is without a value", Text($"0 of {column.Rows} are missing"));
            return;
        }

        var least = Least(_values, column.Rows);
        if (least > 0)
        {
            Add(
                new NotNullRule(column.Name), least, Text($".NotNull({_name}).Mostly({Number(least)})"),
                "most rows have a value", Text($"{column.Nulls} of {column.Rows} are missing"));
        }
    }

    /// <summary>A column whose values are all different, floats left out: that they are is chance.</summary>
    private bool AddKey()
    {
        if (column.Kind is ValueKind.Float or ValueKind.Boolean || column.DistinctTold is not ({ } distinct, var isExact))
            return false;
        var isKey = isExact ? distinct == _values
            : distinct >= _values * (1 - (3 * HyperLogLog.StandardError)) && column.TopValues(1) is not [{ Count: > 1 }, ..];
        if (!isKey || MayBeChance())
            return false;
        Add(
            new UniqueRule([column.Name]), null, $".Unique({_name})", "no value is there twice",
            Text($"{(isExact ? "" : "about ")}{distinct} distinct among {_values}"));
        return true;
    }

    /// <summary>
    /// Whether values drawn at random from as wide a range could well be all different here, and yet not in other rows. Of text the range is not
    /// known, so there must be many, unless it is one of ids made to differ.
    /// </summary>
    private bool MayBeChance()
    {
        if (column.Numbers is not { Min: { } min, Max: { } max })
            return _values < options.MinKeys && column.Text?.SemanticType != SemanticType.Uuid;
        var expected = (double)_values * _values / 2 / (max - min + 1);
        return expected is > 1e-3 and < 5;
    }

    private void AddNumbers(NumberProfile numbers, bool isKey)
    {
        if (numbers.NaNs + numbers.PositiveInfinities + numbers.NegativeInfinities > 0 || numbers.Min is not { } min || numbers.Max is not { } max)
            return;
        // What only ever grows will leave any bounds.
        if (isKey || column.Order != ColumnOrder.None)
        {
            if (min >= 0)
                AddAtLeastZero(numbers);
            return;
        }

        var room = (max - min) * options.Margin;
        if (!double.IsFinite(room) || room == 0)
            return;
        var (low, high) = (Round(min - room, room, up: false), Round(max + room, room, up: true));
        if (min >= 0)
        {
            AddAtLeastZero(numbers);
            low = Math.Max(0, low);
        }

        var least = Least(numbers.Count, numbers.Count);
        var (lower, upper) = column.Kind == ValueKind.Integer ? ((object)Math.Floor(low), (object)Math.Ceiling(high)) : (low, high);
        Add(
            new BetweenRule(column.Name, lower, upper), least,
            Text($".Between({_name}, {Number((double)lower)}, {Number((double)upper)}).Mostly({Number(least)})"),
            "values lie within bounds, with some room", Text($"from {column.Min} to {column.Max}"));
    }

    /// <summary>Zero is a bound where values reach it or are whole; elsewhere some may lie beyond it that were not seen.</summary>
    private void AddAtLeastZero(NumberProfile numbers)
    {
        double? least = column.Kind == ValueKind.Integer || numbers.Zeros > 0 ? null : Least(_values, _values);
        Add(
            new BetweenRule(column.Name, 0, null),
            least,
            Text($".AtLeast({_name}, 0){(least is { } share ? $".Mostly({Number(share)})" : "")}"),
            "no value is negative",
            Text($"the least of {_values} is {column.Min}"));
    }

    private void AddTexts(TextProfile text, bool isKey)
    {
        AddSemantics(text);
        if (isKey || !column.IsDistinctExact || column.Distinct is not { } distinct || distinct > options.MostValues)
            return;
        var top = column.TopValues(options.MostValues);
        if (top.Any(v => v.Value.EndsWith('…')))
            return;
        // A category that was seen a few times only has others of its kind that were not seen.
        if (top.All(v => v.Count >= 5) && top.Count <= Math.Sqrt(_values))
        {
            AddSet([.. top.Select(v => v.Value)], Least(_values, _values), Text($"{distinct} distinct, each at least {top[^1].Count} times among {_values}"));
            return;
        }

        var frequent = new List<string>();
        var covered = 0L;
        foreach (var value in top)
        {
            if (covered >= 0.9 * _values)
                break;
            frequent.Add(value.Value);
            covered += value.Count;
        }

        var least = Least(covered, _values);
        if (frequent.Count <= 0.4 * distinct && least > 0.5)
            AddSet(frequent, least, Text($"{frequent.Count} of {distinct} distinct values have {covered} of {_values} rows"));
    }

    /// <summary>There is always a tolerance: a value that is rare enough not to have been seen is no error.</summary>
    private void AddSet(List<string> values, double mostly, string evidence)
    {
        values.Sort(StringComparer.Ordinal);
        Add(
            new InSetRule(column.Name, values), mostly, $".InSet({_name}, {string.Join(", ", values.Select(CSharpText.Of))}).Mostly({Number(mostly)})",
            "nearly all values are among a few", evidence);
    }

    private void AddSemantics(TextProfile text)
    {
        if (text.Semantics is not [{ Share: 1 } only] || text.Empty + text.Blank + text.Padded > 0 || PatternOf(only.Type) is not { } pattern)
            return;
        Add(
            new RegexRule(column.Name, pattern), null, $".Regex({_name}, {CSharpText.Of(pattern)})",
            Text($"every text looks like {only.Type}"), Text($"{only.Count} of {_values}"));
    }

    private static string? PatternOf(SemanticType type) => type switch
    {
        SemanticType.Integer => "^[+-]?[0-9]+$",
        SemanticType.Decimal => "^[+-]?[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?$",
        SemanticType.Boolean => "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])$",
        SemanticType.Date => "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        SemanticType.Timestamp => "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}",
        SemanticType.Uuid => "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$",
        SemanticType.Email => "^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z0-9-]{2,}$",
        SemanticType.Url => "^[Hh][Tt][Tt][Pp][Ss]?://[^ ]+$",
        SemanticType.IpAddress => "^[0-9]{1,3}(\\.[0-9]{1,3}){3}$",
        _ => null,
    };

    /// <summary>
    /// The share that as many other rows reach, cut to three digits. Both shares vary, the one seen and the one to come: their difference is taken on the scale
    /// of the arcsine, where its deviation is the same for all shares, so that the level holds for a share near 1 too.
    /// </summary>
    private double Least(long held, long of)
    {
        // With the correction of Anscombe, which makes the scale hold for few rows that fail.
        var seen = Math.Asin(Math.Sqrt((of - held + 0.375) / (of + 0.75)));
        var angle = seen + (options.Deviations / 2 * Math.Sqrt(2d / of));
        var failing = angle >= Math.PI / 2 ? 1 : Math.Pow(Math.Sin(angle), 2);
        return Math.Max(0, Math.Floor((1 - failing) * 1000) / 1000);
    }

    /// <summary>A bound with as few digits as the room allows.</summary>
    private static double Round(double bound, double room, bool up)
    {
        var digits = (int)Math.Floor(Math.Log10(room)) - 1;
        if (Math.Abs(digits) > 15)
            return bound;
        var unit = Math.Pow(10, Math.Abs(digits));
        var scaled = digits < 0 ? bound * unit : bound / unit;
        var whole = up ? Math.Ceiling(scaled) : Math.Floor(scaled);
        return digits < 0 ? whole / unit : whole * unit;
    }

    private void Add(Rule rule, double? mostly, string csharp, string reason, string evidence)
    {
        var entry = new SuiteRule(rule);
        all.Add(new RuleSuggestion(mostly is { } share ? entry with { Mostly = share } : entry, reason, evidence, csharp));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
