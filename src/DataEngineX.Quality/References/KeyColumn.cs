using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>A column of a key that two datasets have, as values of one type.</summary>
/// <param name="Ordinal">The position.</param>
/// <param name="Cast">Makes the common type where the column has another; null where it has it.</param>
internal sealed record KeyColumn(int Ordinal, BoundExpression? Cast)
{
    /// <summary>The type both columns are compared as; null where values of the two never meet.</summary>
    /// <remarks>Integers meet as 64-bit integers, an integer and a floating-point number as doubles; everything else must be of one type.</remarks>
    public static IArrowType? Common(StoredColumn own, StoredColumn other)
    {
        if (!KeyEncoder.Fits(own) || !KeyEncoder.Fits(other))
            return null;
        if (own.TypeName == other.TypeName || other.Kind == ColumnKind.Null)
            return own.Type;
        if (own.Kind == ColumnKind.Null)
            return other.Type;
        return (own.Kind, other.Kind) switch
        {
            _ when own.Type is not NumberType || other.Type is not NumberType => null,
            (ColumnKind.Long, ColumnKind.Long) => Int64Type.Default,
            (ColumnKind.Double, _) or (_, ColumnKind.Double) => DoubleType.Default,
            _ => null,
        };
    }

    /// <summary>A column as values of a type.</summary>
    public static KeyColumn Of(BindContext context, Schema schema, StoredColumn column, IArrowType type) => new(
        column.Ordinal,
        Expressions.ArrowTypes.NameOf(type) == column.TypeName ? null : context.Bind(Expressions.Columns.Col(column.Name).Cast(type), schema));

    /// <summary>The values of some rows; those that were made are added to a list, to be disposed.</summary>
    public IArrowArray Read(RecordBatch rows, RunParameters parameters, MemoryAllocator allocator, List<IArrowArray> made)
    {
        if (Cast is null)
            return rows.Column(Ordinal);
        var values = Cast.Evaluate(rows, parameters, allocator);
        made.Add(values);
        return values;
    }
}
