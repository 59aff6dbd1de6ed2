using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality.Tests.GreatExpectations;

/// <summary>One case of the definitions of Great Expectations; see the README beside the files.</summary>
internal sealed partial class ExpectationCase
{
    private readonly JsonElement _file;
    private readonly JsonElement _dataset;
    private readonly JsonElement _test;

    private ExpectationCase(string file, int dataset, int index, JsonElement root)
    {
        File = file;
        Dataset = dataset;
        Index = index;
        _file = root;
        _dataset = root.GetProperty("datasets")[dataset];
        _test = _dataset.GetProperty("tests")[index];
    }

    public string File { get; }

    public int Dataset { get; }

    public int Index { get; }

    public string Title => _test.GetProperty("title").GetString()!;

    public string Type => _file.GetProperty("expectation_type").GetString()!;

    public JsonElement Out => _test.GetProperty("out");

    public double Tolerance => _test.TryGetProperty("tolerance", out var tolerance) ? tolerance.GetDouble() : 5e-2;

    /// <summary>Whether the call is to be an error of the rule.</summary>
    public bool IsError => _test.TryGetProperty("error", out _) || Out.TryGetProperty("traceback_substring", out _);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "great-expectations");

    public static IEnumerable<ExpectationCase> All()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var root = Open(path);
            var datasets = root.GetProperty("datasets");
            for (var i = 0; i < datasets.GetArrayLength(); i++)
            {
                for (var j = 0; j < datasets[i].GetProperty("tests").GetArrayLength(); j++)
                    yield return new ExpectationCase(Path.GetFileNameWithoutExtension(path), i, j, root);
            }
        }
    }

    public static ExpectationCase Find(string file, int dataset, int index)
    {
        var path = Directory.EnumerateFiles(Folder, $"{file}.json", SearchOption.AllDirectories).Single();
        return new ExpectationCase(file, dataset, index, Open(path));
    }

    /// <summary>Why the case is none for us, or null.</summary>
    public string? LeftOut()
    {
        if (_dataset.GetProperty("data").ValueKind == JsonValueKind.Array)
            return "has two datasets";
        if (!RunsHere(_dataset) || !RunsHere(_test))
            return "is for one database or engine alone";
        return _test.GetProperty("in").ValueKind != JsonValueKind.Object ? "is never run" : UsesMixed() ? "needs a column of numbers and texts" : null;
    }

    /// <summary>The suite as Great Expectations writes it.</summary>
    public string Suite(string typeKey) =>
        $$$"""{"expectation_suite_name": "case", "expectations": [{"{{{typeKey}}}": "{{{Type}}}", "kwargs": {{{_test.GetProperty("in").GetRawText()}}}, "meta": {}}]}""";

    public RecordBatch Batch()
    {
        var columns = new List<(string, IArrowType, object?[])>();
        foreach (var column in _dataset.GetProperty("data").EnumerateObject())
        {
            object?[] values = [.. column.Value.EnumerateArray().Select(Literal)];
            var kinds = values.OfType<object>().Select(v => v.GetType()).Distinct().ToList();
            if (TypeOf(column.Name) is { } zoned)
            {
                columns.Add((column.Name, zoned ? ArrowTypes.TimestampUtc : ArrowTypes.TimestampLocal, [.. values.Select(v => v is string t
                    ? zoned ? DateTimeOffset.Parse(t, CultureInfo.InvariantCulture) : (object?)DateTime.Parse(t, CultureInfo.InvariantCulture)
                    : null)]));
            }
            else if (kinds.Contains(typeof(string)))
            {
                columns.Add((column.Name, StringType.Default, [.. values.Select(v => v is null ? null : (object?)Convert.ToString(v, CultureInfo.InvariantCulture))]));
            }
            else if (kinds.Contains(typeof(bool)))
            {
                columns.Add((column.Name, BooleanType.Default, values));
            }
            else
            {
                columns.Add((column.Name, kinds.Contains(typeof(double)) ? DoubleType.Default : Int64Type.Default, values));
            }
        }

        return Rows.Of([.. columns]);
    }

    public override string ToString() => $"{File}[{Dataset}] {Title}";

    /// <summary>Whether the column is of times, and whether with a zone.</summary>
    private bool? TypeOf(string column)
    {
        if (!_dataset.TryGetProperty("schemas", out var schemas) || schemas.ValueKind != JsonValueKind.Object
            || !schemas.TryGetProperty("pandas", out var types) || !types.TryGetProperty(column, out var name))
            return null;
        return name.GetString() switch
        {
            "timestamp" => true,
            string s when s.StartsWith("datetime", StringComparison.Ordinal) => false,
            _ => null,
        };
    }

    /// <summary>The data of the case is in pandas, or the case is one of SQL, which is that of PostgreSQL here.</summary>
    private bool RunsHere(JsonElement element)
    {
        var sql = Type.Contains("_like_", StringComparison.Ordinal) || Type == "unexpected_rows_expectation";
        if (element.TryGetProperty("suppress_test_for", out var not) && not.ValueKind == JsonValueKind.Array
            && not.EnumerateArray().Any(o => o.GetString() is "pandas"))
            return false;
        return !element.TryGetProperty("only_for", out var only) || only.ValueKind != JsonValueKind.Array
            || only.EnumerateArray().Any(o => o.GetString()!.StartsWith("pandas", StringComparison.Ordinal) || (sql && o.GetString() is "postgresql" or "sqlalchemy"));
    }

    private bool UsesMixed()
    {
        var input = _test.GetProperty("in");
        foreach (var name in (string[])["column", "column_A", "column_B"])
        {
            if (!input.TryGetProperty(name, out var column) || column.ValueKind != JsonValueKind.String
                || !_dataset.GetProperty("data").TryGetProperty(column.GetString()!, out var values))
                continue;
            // A bound of the wrong type is an error of a column of texts too.
            if (!IsError && Type != "expect_column_values_to_be_in_type_list" && values.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.String) && values.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Number))
                return true;
        }

        return false;
    }

    private static object? Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        _ => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
    };

    private static JsonElement Open(string file) => JsonDocument.Parse(Infinity().Replace(System.IO.File.ReadAllText(file), "\"$1\"")).RootElement;

    [GeneratedRegex(@"(?<=[\[,]\s*)(-?Infinity)(?=\s*[,\]])")]
    private static partial Regex Infinity();
}
