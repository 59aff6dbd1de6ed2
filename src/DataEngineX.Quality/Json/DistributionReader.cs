using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Reads expected distributions and bins from the parameters of a rule.</summary>
internal static class DistributionReader
{
    /// <summary>A distribution of a name with its parameters, or one of intervals.</summary>
    public static ExpectedDistribution Read(RuleReader reader)
    {
        if (reader.OptionalText("distribution") is not { } name)
        {
            var edges = reader.Numbers("edges") ?? throw reader.Fault("distribution", "it is missing; write it with its parameters, or edges and weights.");
            return ExpectedDistribution.OfIntervals(Partition.OfIntervals(
                edges, reader.Numbers("weights") ?? throw reader.Fault("weights", "it is missing."), reader.Numbers("tail_weights")));
        }

        using var none = JsonDocument.Parse("{}");
        var given = new RuleReader(reader.Find("parameters") ?? none.RootElement, $"{reader.Path}.parameters");
        var found = name switch
        {
            "normal" => ExpectedDistribution.Normal(given.Number("mean") ?? 0, given.Number("standard_deviation") ?? 1),
            "uniform" => ExpectedDistribution.Uniform(given.Number("min") ?? 0, given.Number("width") ?? 1),
            "exponential" => ExpectedDistribution.Exponential(Location(given), Scale(given)),
            "gamma" => ExpectedDistribution.Gamma(Needed(given, "shape"), Location(given), Scale(given)),
            "beta" => ExpectedDistribution.Beta(Needed(given, "alpha"), Needed(given, "beta"), Location(given), Scale(given)),
            "chi_square" => ExpectedDistribution.ChiSquare(Needed(given, "degrees"), Location(given), Scale(given)),
            _ => throw reader.Fault("distribution", $"'{name}' is none of normal, uniform, exponential, gamma, beta, chi_square."),
        };
        given.Done();
        return found;
    }

    /// <summary>How many bins, their edges, or groups of values; null for none.</summary>
    public static ColumnBins? ReadBins(RuleReader reader, string name)
    {
        if (reader.Find(name) is not { } value || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count))
            return ColumnBins.Of(count);
        if (value.ValueKind != JsonValueKind.Array)
            throw reader.Fault(name, "a whole number, a list of edges or a list of groups is wanted.");
        if (value.EnumerateArray().All(v => v.ValueKind != JsonValueKind.Array))
            return ColumnBins.Between(reader.Numbers(name)!);
        return ColumnBins.OfGroups([.. value.EnumerateArray().Select((group, i) => GroupOf(reader, $"{name}[{i}]", group))]);
    }

    private static IReadOnlyList<object> GroupOf(RuleReader reader, string name, JsonElement group) => group.ValueKind == JsonValueKind.Array
        ? [.. group.EnumerateArray().Select(v => RuleReader.LiteralOf(v, $"{reader.Path}.{name}") ?? throw reader.Fault(name, "a value is null."))]
        : throw reader.Fault(name, "a list of values is wanted.");

    private static double Location(RuleReader given) => given.Number("location") ?? 0;

    private static double Scale(RuleReader given) => given.Number("scale") ?? 1;

    private static double Needed(RuleReader given, string name) => given.Number(name) ?? throw given.Fault(name, "it is missing.");
}
