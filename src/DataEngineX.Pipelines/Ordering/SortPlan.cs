using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>What is ordered, and by which keys. Dictionary columns are decoded, as a scratch file holds one dictionary only.</summary>
internal sealed class SortPlan
{
    /// <summary>The column of a scratch file that tells where a row was in the input.</summary>
    public const string Origin = "$origin";

    public SortPlan(Schema schema, IReadOnlyList<OrderKey> keys, string @operator)
    {
        Schema = schema;
        Orders = [.. keys.Select(k => new RowOrder(SchemaTools.Ordinal(schema, k.Column, @operator), k.Descending, k.NullsFirst))];
        foreach (var order in Orders)
            Demand(schema.FieldsList[order.Column], @operator);
        Fields = [.. schema.FieldsList.Select(f => f.DataType is DictionaryType d ? new Field(f.Name, d.ValueType, f.IsNullable) : f)];
        SpillSchema = new Schema([.. Fields, new Field(Origin, Int64Type.Default, nullable: false)], null);
    }

    public Schema Schema { get; }

    public IReadOnlyList<RowOrder> Orders { get; }

    /// <summary>The columns with dictionaries decoded.</summary>
    public IReadOnlyList<Field> Fields { get; }

    public Schema SpillSchema { get; }

    public SortRange[] NewRanges() => [.. Orders.Select(_ => new SortRange())];

    private static void Demand(Field field, string @operator)
    {
        if (!SortComparer.HasOrder(field.DataType))
            throw new PlanException($"'{field.Name}' is {Expressions.ArrowTypes.NameOf(field.DataType)}, which has no order.", @operator, field.Name);
    }
}
