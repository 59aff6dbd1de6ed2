using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Makes a row of each value column: its name, its value, and the columns kept. Row after row, and in a row in the order of the value columns.</summary>
public sealed class UnpivotNode : PlanNode
{
    /// <summary>Creates the node.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="values">The columns that become rows, in order; their values take a common type.</param>
    /// <param name="keep">The columns kept beside each value, in order; null for all that are no value column.</param>
    /// <param name="nameColumn">The output column for the names.</param>
    /// <param name="valueColumn">The output column for the values.</param>
    /// <param name="dropNulls">Whether no row is made of a null.</param>
    public UnpivotNode(
        PlanNode input, IReadOnlyList<string> values, IReadOnlyList<string>? keep = null, string nameColumn = "name", string valueColumn = "value",
        bool dropNulls = false)
        : base(input)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentException.ThrowIfNullOrEmpty(nameColumn);
        ArgumentException.ThrowIfNullOrEmpty(valueColumn);
        if (values.Count == 0)
            throw new PlanException("Name at least one value column.", Operator);
        if (Twice(values) is { } value)
            throw new PlanException($"The value column '{value}' is named twice.", Operator, value);
        if (Twice([.. keep ?? [], nameColumn, valueColumn]) is { } name)
            throw new PlanException($"The column '{name}' is made twice: choose other names for names and values.", Operator, name);
        (Values, Keep, NameColumn, ValueColumn, DropNulls) = (values, keep, nameColumn, valueColumn, dropNulls);
    }

    /// <summary>The columns that become rows.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The columns kept beside each value; null for all that are no value column.</summary>
    public IReadOnlyList<string>? Keep { get; }

    /// <summary>The output column for the names.</summary>
    public string NameColumn { get; }

    /// <summary>The output column for the values.</summary>
    public string ValueColumn { get; }

    /// <summary>Whether no row is made of a null.</summary>
    public bool DropNulls { get; }

    /// <inheritdoc/>
    public override string Operator => "unpivot";

    /// <inheritdoc/>
    public override PlanNode WithInputs(IReadOnlyList<PlanNode> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return With(inputs[0], Keep);
    }

    /// <inheritdoc/>
    public override void WriteCanonical(CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.List("values", Values.Select(CanonicalWriter.Quote));
        if (Keep is not null)
            writer.List("keep", Keep.Select(CanonicalWriter.Quote));
        writer.Field("name", NameColumn).Field("value", ValueColumn).Flag("drop_nulls", DropNulls);
    }

    /// <inheritdoc/>
    public override BoundNode Bind(BindContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return BoundUnpivot.Create(this, context);
    }

    /// <summary>The same node that keeps other columns.</summary>
    internal UnpivotNode With(PlanNode input, IReadOnlyList<string>? keep) => new(input, Values, keep, NameColumn, ValueColumn, DropNulls);

    private static string? Twice(IEnumerable<string> names) => names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
}
