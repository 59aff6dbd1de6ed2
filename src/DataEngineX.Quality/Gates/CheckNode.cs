using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A gate: checks every row against a suite, sets rows aside or lets them through, and stops the run where the suite says so.</summary>
/// <remarks>
/// Rows stream through it but for one case: a quarantine with a rule that needs all rows, such as unique, holds all rows within the memory
/// budget, since none is known to be good before the last. A run is stopped at the end of the stream, before anything can be committed.
/// </remarks>
public sealed class CheckNode : PlanNode
{
    /// <summary>The operator name: it stands in EXPLAIN, errors and quarantine.</summary>
    public const string OperatorName = "check";

    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows to check.</param>
    /// <param name="suite">The rules and the gate.</param>
    public CheckNode(PlanNode input, Suite suite)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(suite);
        Suite = suite;
    }

    /// <summary>The rules and the gate.</summary>
    public Suite Suite { get; }

    /// <inheritdoc/>
    public override string Operator => OperatorName;

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new CheckNode(inputs[0], Suite);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer) => Suite.WriteCanonical(writer);

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schema = context.Inputs[0].Schema;
        var suite = BoundSuite.Bind(Suite, context, schema);
        if (Suite.Gate == Gate.Quarantine && schema.FieldsList.FirstOrDefault(f => !CellJson.Supports(f.DataType)) is { } field)
        {
            throw new PlanException(
                $"Rows with column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be written to quarantine; convert or drop it in a Select before.",
                OperatorName,
                field.Name);
        }

        return new BoundCheck(this, context.Inputs, suite);
    }
}
