using System.Security.Cryptography;
using System.Text;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Hashes of the canonical form.</summary>
internal static class PlanFingerprint
{
    public static string Of(PlanNode plan, PipelineTarget target, TableContract? contract)
    {
        var writer = new CanonicalWriter();
        target.WriteCanonical(writer);
        return Hash($"{Canonical(plan)} -> {target.Disposition} {target.Dataset}{writer}{(contract is null ? "" : $" {contract.Canonical}")}");
    }

    /// <summary>The canonical text of a plan: operator, parameters and inputs, nested.</summary>
    public static string Canonical(PlanNode node)
    {
        var writer = new CanonicalWriter();
        node.WriteCanonical(writer);
        return node.Inputs.Count == 0
            ? $"({node.Operator}{writer})"
            : $"({node.Operator}{writer} {string.Join(' ', node.Inputs.Select(Canonical))})";
    }

    /// <summary>The run key: what is computed, over which inputs, for which interval.</summary>
    public static string RunKey(string fingerprint, IEnumerable<InputVersion> inputs, string? partition) =>
        Hash($"{fingerprint} {string.Join(' ', inputs.Select(Text).Order(StringComparer.Ordinal))} {partition}");

    private static string Text(InputVersion input) => input.Identity is null ? input.ToString() : $"{input} of {input.Identity}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
