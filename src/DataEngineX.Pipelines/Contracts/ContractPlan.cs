using Apache.Arrow;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Brings a flow to the columns its contract promises, or refuses it with the difference of both.</summary>
internal static class ContractPlan
{
    /// <summary>The plan that gives what the contract lets through.</summary>
    /// <param name="plan">The plan as described.</param>
    /// <param name="flow">Its columns.</param>
    /// <param name="table">The columns of the table, or null while there is none.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="dataset">The table, for errors.</param>
    /// <exception cref="PlanException">A difference that the contract refuses.</exception>
    public static PlanNode Apply(PlanNode plan, Schema flow, Schema? table, TableContract contract, DatasetId dataset)
    {
        if ((contract.Promised ?? table) is not { } promised)
            return plan;
        var changes = SchemaDifference.Of(promised, flow);
        if (changes.Count == 0)
            return plan;
        var refused = changes.Where(c => IsRefused(c, contract)).ToList();
        if (refused.Count > 0)
        {
            throw new PlanException(
                $"the flow breaks the contract of {dataset}{(ReferenceEquals(contract, TableContract.Frozen) ? ", whose columns are frozen unless Contract or Evolve lets them change" : "")}:\n  {string.Join("\n  ", changes.Select(c => $"{c}{(refused.Contains(c) ? $"  refused, {ModeOf(c, contract).ToString().ToLowerInvariant()}" : "")}"))}",
                "contract", refused[0].Column);
        }

        var guarded = Discards(changes, promised, contract) is { Count: > 0 } rules ? new ContractNode(plan, rules) : plan;
        var columns = new List<NamedExpr>();
        foreach (var field in promised.FieldsList)
            columns.Add(new NamedExpr(field.Name, ValueOf(field, changes.FirstOrDefault(c => c.Column == field.Name), contract)));
        columns.AddRange(changes.Where(c => c.Kind == ColumnChangeKind.Added && ModeOf(c, contract) == ContractMode.Evolve).Select(c => new NamedExpr(c.Column, new ColumnExpr(c.Column))));
        return new SelectNode(guarded, columns);
    }

    private static ContractMode ModeOf(ColumnChange change, TableContract contract) => contract.ModeOf(change.Column, change.Kind == ColumnChangeKind.Added);

    private static bool IsRefused(ColumnChange change, TableContract contract) => change.Kind switch
    {
        // A column that may not be null cannot be made up, and values of a narrower type always fit.
        ColumnChangeKind.Missing => change.IsBreaking || ModeOf(change, contract) == ContractMode.Freeze,
        ColumnChangeKind.Narrowed => false,
        ColumnChangeKind.Retyped => ModeOf(change, contract) is ContractMode.Evolve or ContractMode.Freeze,
        _ => ModeOf(change, contract) == ContractMode.Freeze,
    };

    private static Expr ValueOf(Field field, ColumnChange? change, TableContract contract)
    {
        var column = new ColumnExpr(field.Name);
        return change?.Kind switch
        {
            null => column,
            ColumnChangeKind.Missing => new LiteralExpr(null).Cast(field.DataType),
            ColumnChangeKind.Widened when ModeOf(change, contract) == ContractMode.Evolve => column,
            ColumnChangeKind.Narrowed => column.Cast(field.DataType),
            _ => column.TryCast(field.DataType),
        };
    }

    /// <summary>The conditions under which rows are set aside.</summary>
    private static List<ContractRule> Discards(IReadOnlyList<ColumnChange> changes, Schema promised, TableContract contract)
    {
        var rules = new List<ContractRule>();
        foreach (var change in changes.Where(c => ModeOf(c, contract) == ContractMode.DiscardRow))
        {
            var column = new ColumnExpr(change.Column);
            if (change.Kind == ColumnChangeKind.Added)
                rules.Add(new ContractRule(change.Column, column.IsNotNull(), "the contract has no such column"));
            else if (change.Kind is ColumnChangeKind.Widened or ColumnChangeKind.Retyped)
                rules.Add(new ContractRule(change.Column, column.IsNotNull() & column.TryCast(promised.GetFieldByName(change.Column).DataType).IsNull(), $"the contract has the column as {change.Was}"));
        }

        return rules;
    }
}
