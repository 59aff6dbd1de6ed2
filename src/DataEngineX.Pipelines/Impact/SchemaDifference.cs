using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Compares the columns of a flow with those of the table it is written to.</summary>
public static class SchemaDifference
{
    /// <summary>The columns that differ, those of the table first.</summary>
    /// <param name="table">The columns of the table.</param>
    /// <param name="flow">The columns of the flow.</param>
    public static IReadOnlyList<ColumnChange> Of(Schema table, Schema flow)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(flow);
        var changes = new List<ColumnChange>();
        foreach (var field in table.FieldsList)
        {
            var was = ArrowTypes.NameOf(field.DataType);
            if (flow.FieldsList.FirstOrDefault(f => f.Name == field.Name) is not { } found)
                changes.Add(new ColumnChange(field.Name, ColumnChangeKind.Missing, was, null, IsBreaking: !field.IsNullable));
            else if (KindOf(field.DataType, found.DataType) is { } kind)
                changes.Add(new ColumnChange(field.Name, kind, was, ArrowTypes.NameOf(found.DataType), kind == ColumnChangeKind.Retyped));
        }

        foreach (var field in flow.FieldsList.Where(f => !table.FieldsList.Any(t => t.Name == f.Name)))
            changes.Add(new ColumnChange(field.Name, ColumnChangeKind.Added, null, ArrowTypes.NameOf(field.DataType), IsBreaking: false));
        return changes;
    }

    /// <summary>How a type differs from that of the table; null when it does not.</summary>
    /// <param name="table">The type in the table.</param>
    /// <param name="flow">The type in the flow; a dictionary counts as its values.</param>
    public static ColumnChangeKind? KindOf(IArrowType table, IArrowType flow)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(flow);
        flow = TypeRules.Plain(flow);
        if (ArrowTypes.Same(table, flow))
            return null;
        if (IsWider(flow, table))
            return ColumnChangeKind.Widened;
        return IsWider(table, flow) ? ColumnChangeKind.Narrowed : ColumnChangeKind.Retyped;
    }

    /// <summary>Whether a type takes every value of another exactly.</summary>
    private static bool IsWider(IArrowType wide, IArrowType narrow) => (wide, narrow) switch
    {
        (Decimal128Type w, Decimal128Type n) => w.Scale >= n.Scale && w.Precision - w.Scale >= n.Precision - n.Scale,
        (Decimal128Type w, _) when SchemaTools.IsInteger(narrow) => w.Precision - w.Scale >= Digits(narrow),
        (DoubleType, FloatType) => true,
        (DoubleType, _) when SchemaTools.IsInteger(narrow) => Bits(narrow) <= 32,
        (TimestampType { Timezone: null or "" }, Date32Type) => true,
        _ when SchemaTools.IsInteger(wide) && SchemaTools.IsInteger(narrow) =>
            IsSigned(wide) == IsSigned(narrow) ? Bits(wide) > Bits(narrow) : IsSigned(wide) && Bits(wide) > Bits(narrow),
        _ => false,
    };

    private static int Bits(IArrowType type) => ((FixedWidthType)type).BitWidth;

    private static bool IsSigned(IArrowType type) => type.TypeId is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64;

    private static int Digits(IArrowType type) => Bits(type) switch
    {
        8 => 3,
        16 => 5,
        32 => 10,
        _ => 20,
    };
}
