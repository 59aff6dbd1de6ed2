using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Reads a distribution by the names of scipy, its parameters being an object, or a list in the order in which scipy takes them.</summary>
internal static class ScipyDistribution
{
    public static ExpectedDistribution Read(RuleReader reader)
    {
        var name = reader.Text("distribution");
        if (reader.Find("params") is not { } given)
            return Make(reader, name, []);
        if (given.ValueKind == JsonValueKind.Array)
            return Make(reader, name, reader.Numbers("params")!);
        var named = new RuleReader(given, $"{reader.Path}.params");
        var numbers = name switch
        {
            "norm" => Numbers(named, ("mean", 0), ("std_dev", 1)),
            "beta" => Numbers(named, ("alpha", null), ("beta", null), ("loc", 0), ("scale", 1)),
            "gamma" => Numbers(named, ("alpha", null), ("loc", 0), ("scale", 1)),
            // What is called the highest value there is taken for the width.
            "uniform" => Numbers(named, ("min", 0), ("max", 1)),
            "chi2" => Numbers(named, ("df", null), ("loc", 0), ("scale", 1)),
            "expon" => Numbers(named, ("loc", 0), ("scale", 1)),
            _ => throw Unknown(reader, name),
        };
        named.Done();
        return Make(reader, name, numbers);
    }

    private static ExpectedDistribution Make(RuleReader reader, string name, IReadOnlyList<double> numbers)
    {
        var (least, most) = name switch
        {
            "norm" or "uniform" or "expon" => (0, 2),
            "gamma" or "chi2" => (1, 3),
            "beta" => (2, 4),
            _ => throw Unknown(reader, name),
        };
        if (numbers.Count < least || numbers.Count > most)
            throw reader.Fault("params", $"a distribution '{name}' has {least} to {most} parameters, not {numbers.Count}.");
        double At(int index, double otherwise) => index < numbers.Count ? numbers[index] : otherwise;
        return name switch
        {
            "norm" => ExpectedDistribution.Normal(At(0, 0), At(1, 1)),
            "uniform" => ExpectedDistribution.Uniform(At(0, 0), At(1, 1)),
            "expon" => ExpectedDistribution.Exponential(At(0, 0), At(1, 1)),
            "gamma" => ExpectedDistribution.Gamma(numbers[0], At(1, 0), At(2, 1)),
            "chi2" => ExpectedDistribution.ChiSquare(numbers[0], At(1, 0), At(2, 1)),
            _ => ExpectedDistribution.Beta(numbers[0], numbers[1], At(2, 0), At(3, 1)),
        };
    }

    private static double[] Numbers(RuleReader named, params IReadOnlyList<(string Name, double? Otherwise)> parameters) =>
        [.. parameters.Select(p => named.Number(p.Name) ?? p.Otherwise ?? throw named.Fault(p.Name, "it is missing."))];

    private static SuiteFormatException Unknown(RuleReader reader, string name) =>
        reader.Fault("distribution", $"'{name}' is none of norm, beta, gamma, uniform, chi2, expon.");
}
