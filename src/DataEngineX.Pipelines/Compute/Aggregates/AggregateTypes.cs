using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Which aggregates there are of which types, and what they give.</summary>
internal static class AggregateTypes
{
    private const int WidestDecimal = 38;

    /// <summary>The most values that the largest or smallest of a group can be.</summary>
    private const int MostPicked = 1000;

    public static IArrowType Plain(IArrowType type) => type is DictionaryType dictionary ? dictionary.ValueType : type;

    public static IArrowType Output(AggregateKind kind, IArrowType type)
    {
        var physical = PhysicalTypes.Of(type);
        var isPlain = physical is not (Physical.Other or Physical.List or Physical.Struct or Physical.Dictionary or Physical.Bytes);
        var isNumber = PhysicalTypes.IsNumeric(type) || type is Decimal128Type;
        return kind switch
        {
            AggregateKind.CountAll or AggregateKind.Count => Int64Type.Default,
            AggregateKind.CountDistinct or AggregateKind.ApproximateCountDistinct when isPlain => Int64Type.Default,
            AggregateKind.Sum when PhysicalTypes.IsFloating(type) => DoubleType.Default,
            AggregateKind.Sum when type is Decimal128Type decimals => new Decimal128Type(WidestDecimal, decimals.Scale),
            AggregateKind.Sum when type.TypeId is ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 =>
                UInt64Type.Default,
            AggregateKind.Sum when PhysicalTypes.IsInteger(type) => Int64Type.Default,
            AggregateKind.Mean or AggregateKind.Variance or AggregateKind.StandardDeviation or AggregateKind.VariancePopulation
                or AggregateKind.StandardDeviationPopulation or AggregateKind.Median or AggregateKind.Quantile or AggregateKind.Correlation
                when isNumber => DoubleType.Default,
            AggregateKind.Min or AggregateKind.Max when isPlain && physical != Physical.Null => type,
            AggregateKind.First or AggregateKind.Last when physical is not (Physical.Other or Physical.Null) => type,
            AggregateKind.Largest or AggregateKind.Smallest when PhysicalTypes.IsFixed(physical) => new ListType(type),
            AggregateKind.Any or AggregateKind.All when type is BooleanType => type,
            _ => throw Guard.Unsupported(kind.ToString(), type),
        };
    }

    /// <summary>Refuses what has no output, a missing second column and a parameter out of range.</summary>
    public static void Check(AggregateKind kind, IArrowType type, IArrowType? other, double parameter)
    {
        Output(kind, type);
        if (kind == AggregateKind.Correlation)
        {
            ArgumentNullException.ThrowIfNull(other);
            Output(kind, other);
        }

        if (kind == AggregateKind.Quantile && parameter is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "The fraction of a quantile lies between 0 and 1.");
        if (kind is AggregateKind.Largest or AggregateKind.Smallest && parameter is not (>= 1 and <= MostPicked))
            throw new ArgumentOutOfRangeException(nameof(parameter), parameter, $"At least 1 and at most {MostPicked} values of a group can be kept.");
    }
}
