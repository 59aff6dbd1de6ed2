using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A gate: checks every row against a suite, sets rows aside or lets them through, and stops the run where the suite says so.</summary>
/// <remarks>
/// Rows stream through it but for one case: a quarantine with a rule that needs all rows, such as unique, holds all rows, in its share of the memory
/// budget and on disk beyond it, since none is known to be good before the last. A run is stopped at the end of the stream, before anything can be committed.
/// </remarks>
public sealed class CheckNode : PlanNode
{
    /// <summary>The operator name: it stands in EXPLAIN, errors and quarantine.</summary>
    public const string OperatorName = "check";

    private static readonly IReadOnlyDictionary<string, PlanNode> None = new Dictionary<string, PlanNode>();

    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows to check.</param>
    /// <param name="suite">The rules and the gate.</param>
    /// <param name="references">
    /// The other datasets that rules hold the rows against, by name; each is read whole before the first row is checked. <value>Default: null, none.</value>
    /// </param>
    /// <exception cref="PlanException">A rule names another dataset that is not given, no rule names one that is, or one is read incrementally.</exception>
    public CheckNode(PlanNode input, Suite suite, IReadOnlyDictionary<string, PlanNode>? references = null)
        : base([input, .. (references ?? None).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Value)])
    {
        ArgumentNullException.ThrowIfNull(suite);
        Suite = suite;
        References = [.. (references ?? None).Keys.Order(StringComparer.Ordinal)];
        var named = suite.Rules.SelectMany(r => r.Rule.References).Distinct(StringComparer.Ordinal).ToList();
        if (named.Except(References, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            throw new PlanException($"A rule holds the rows against '{missing}', which is not given with the suite: write Check(…, references).", OperatorName);
        if (References.Except(named, StringComparer.Ordinal).FirstOrDefault() is { } idle)
            throw new PlanException($"No rule of the suite holds the rows against '{idle}'.", OperatorName);
        for (var i = 0; i < References.Count; i++)
        {
            if (Scans(Inputs[i + 1]).Any(s => s.IsIncremental))
                throw new PlanException($"The rows are held against all of '{References[i]}', which therefore cannot be read incrementally.", OperatorName);
        }
    }

    /// <summary>The names of the other datasets that rules hold the rows against, in the order of the inputs behind the first.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The rules and the gate.</summary>
    public Suite Suite { get; }

    /// <inheritdoc/>
    public override string Operator => OperatorName;

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new CheckNode(inputs[0], Suite, References.Select((name, i) => (Name: name, Node: inputs[i + 1])).ToDictionary(r => r.Name, r => r.Node, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Suite.WriteCanonical(writer);
        if (References.Count > 0)
            writer.List("references", References.Select(CanonicalWriter.Quote));
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.Inputs[0].Schema;
        var others = References.Select((name, i) => (Name: name, context.Inputs[i + 1].Schema)).ToDictionary(r => r.Name, r => r.Schema, StringComparer.Ordinal);
        var suite = BoundSuite.Bind(Suite, new ReferenceContext(context, others), schema);
        if (Suite.Gate == Gate.Quarantine && schema.FieldsList.FirstOrDefault(f => !CellJson.Supports(f.DataType)) is { } field)
        {
            throw new PlanException(
                $"Rows with column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be written to quarantine; convert or drop it in a Select before.",
                OperatorName,
                field.Name);
        }

        return new BoundCheck(this, context.Inputs, suite);
    }

    internal static IEnumerable<ScanNode> Scans(PlanNode node) => node is ScanNode scan ? [scan] : node.Inputs.SelectMany(Scans);
}
