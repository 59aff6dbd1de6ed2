using Apache.Arrow;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>Stands for a rule of an imported suite that cannot be one here: it never fits, and its verdict says why.</summary>
internal sealed class InvalidRule(string problem) : Rule
{
    public const string RuleName = "invalid";

    public override string Name => RuleName;

    public override IReadOnlyList<RuleParameter> Parameters => [RuleParameter.Of("problem", problem)];

    public override string Expectation => "the rule can be read";

    public override BoundRule Bind(BindContext context, Schema schema) => throw new PlanException(problem, CheckNode.OperatorName);
}
