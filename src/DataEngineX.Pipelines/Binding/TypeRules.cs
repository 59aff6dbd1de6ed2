using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Which types meet in which. One place for promotion, so that arithmetic, comparison and choice agree.</summary>
internal static class TypeRules
{
    public const int MostDigits = 38;

    /// <summary>Digits after the point that a quotient of decimals has at least: those of the CLR decimal's column type.</summary>
    private const int QuotientScale = 18;

    public static bool IsNumber(IArrowType type) => SchemaTools.IsNumeric(type) || type is Decimal128Type;

    /// <summary>Values that have an order: what can be compared, sorted, and looked for in a set.</summary>
    public static bool IsComparable(IArrowType type) => Plain(type).TypeId is ArrowTypeId.Boolean or ArrowTypeId.String or ArrowTypeId.Binary
        or ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Time32 or ArrowTypeId.Time64 or ArrowTypeId.Timestamp or ArrowTypeId.Duration
        or ArrowTypeId.Null || IsNumber(Plain(type));

    /// <summary>The type of the values of a dictionary; any other type itself.</summary>
    public static IArrowType Plain(IArrowType type) => type is DictionaryType dictionary ? dictionary.ValueType : type;

    /// <summary>The type of a sum, difference, product, quotient or remainder; null where there is none.</summary>
    public static IArrowType? Arithmetic(ArithmeticOperator operation, IArrowType left, IArrowType right)
    {
        if (left is NullType || right is NullType)
            return (left, right) is (NullType, NullType) ? Int32Type.Default : Only(left is NullType ? right : left);
        if (!IsNumber(left) || !IsNumber(right))
            return null;
        if (SchemaTools.IsFloating(left) || SchemaTools.IsFloating(right))
            return left.TypeId == ArrowTypeId.Float && right.TypeId == ArrowTypeId.Float ? FloatType.Default : DoubleType.Default;
        if (left is Decimal128Type || right is Decimal128Type)
            return Decimals(operation, AsDecimal(left), AsDecimal(right));
        return Integers(left, right);

        static IArrowType? Only(IArrowType type) => IsNumber(type) ? type : null;
    }

    /// <summary>The type both sides of a comparison or all branches of a choice take; null where there is none.</summary>
    public static IArrowType? Common(IArrowType left, IArrowType right)
    {
        (left, right) = (Plain(left), Plain(right));
        if (left is NullType || ArrowTypes.Same(left, right))
            return right;
        if (right is NullType)
            return left;
        if (IsNumber(left) && IsNumber(right))
            return CommonNumber(left, right);
        return (left, right) switch
        {
            (Date32Type or Date64Type, TimestampType t) => t,
            (TimestampType t, Date32Type or Date64Type) => t,
            (Date32Type or Date64Type, Date32Type or Date64Type) => Date32Type.Default,
            (TimestampType l, TimestampType r) => new TimestampType(Finer(l.Unit, r.Unit), string.IsNullOrEmpty(l.Timezone) ? r.Timezone : l.Timezone),
            (DurationType l, DurationType r) => DurationType.FromTimeUnit(Finer(l.Unit, r.Unit)),
            (Time32Type or Time64Type, Time32Type or Time64Type) => Time(Finer(((TimeBasedType)left).Unit, ((TimeBasedType)right).Unit)),
            _ => null,
        };
    }

    public static TimeUnit Finer(TimeUnit left, TimeUnit right) => (TimeUnit)Math.Max((int)left, (int)right);

    public static IArrowType Time(TimeUnit unit) => unit is TimeUnit.Second or TimeUnit.Millisecond ? new Time32Type(unit) : new Time64Type(unit);

    /// <summary>The narrowest decimal that holds every value of an integer type; a decimal itself.</summary>
    public static Decimal128Type AsDecimal(IArrowType type) => type as Decimal128Type ?? new Decimal128Type(
        type.TypeId switch
        {
            ArrowTypeId.Int8 or ArrowTypeId.UInt8 => 3,
            ArrowTypeId.Int16 or ArrowTypeId.UInt16 => 5,
            ArrowTypeId.Int32 or ArrowTypeId.UInt32 => 10,
            ArrowTypeId.Int64 => 19,
            _ => 20,
        },
        0);

    /// <summary>The narrowest decimal that holds a value.</summary>
    public static Decimal128Type AsDecimal(decimal value)
    {
        var digits = 0;
        for (var whole = decimal.Truncate(Math.Abs(value)); whole >= 1; whole = decimal.Truncate(whole / 10))
            digits++;
        return new Decimal128Type(Math.Max(1, digits + value.Scale), value.Scale);
    }

    private static IArrowType CommonNumber(IArrowType left, IArrowType right)
    {
        if (SchemaTools.IsFloating(left) || SchemaTools.IsFloating(right))
            return left.TypeId == ArrowTypeId.Float && right.TypeId == ArrowTypeId.Float ? FloatType.Default : DoubleType.Default;
        if (left is Decimal128Type || right is Decimal128Type || (IsMixed(left, right) && (left is UInt64Type || right is UInt64Type)))
            return Holding(AsDecimal(left), AsDecimal(right));
        return Integers(left, right);
    }

    private static bool IsMixed(IArrowType left, IArrowType right) => IsSigned(left) != IsSigned(right);

    private static bool IsSigned(IArrowType type) => type.TypeId is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64;

    /// <summary>Nothing is narrower than int32; uint32 with anything signed, and all else that is 64 bits wide, is int64, but for uint64 with unsigned.</summary>
    private static IArrowType Integers(IArrowType left, IArrowType right)
    {
        if (left is UInt64Type || right is UInt64Type)
            return IsMixed(left, right) ? Int64Type.Default : UInt64Type.Default;
        return IsAtMost32(left) && IsAtMost32(right) ? Int32Type.Default : Int64Type.Default;
    }

    private static bool IsAtMost32(IArrowType type) => type is not (Int64Type or UInt64Type or UInt32Type);

    private static Decimal128Type Holding(Decimal128Type left, Decimal128Type right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new Decimal128Type(Math.Min(MostDigits, Math.Max(left.Precision - left.Scale, right.Precision - right.Scale) + scale), scale);
    }

    private static Decimal128Type Decimals(ArithmeticOperator operation, Decimal128Type left, Decimal128Type right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        switch (operation)
        {
            case ArithmeticOperator.Multiply:
                var spare = left.Precision + right.Precision - MostDigits;
                var exact = left.Scale + right.Scale;
                return new Decimal128Type(Math.Min(MostDigits, left.Precision + right.Precision), spare <= 0 ? exact : Math.Max(scale, Math.Min(exact - spare, MostDigits)));
            case ArithmeticOperator.Divide:
                return new Decimal128Type(MostDigits, Math.Max(QuotientScale, scale));
            case ArithmeticOperator.Modulo:
                return new Decimal128Type(Math.Min(MostDigits, Math.Max(left.Precision - left.Scale, right.Precision - right.Scale) + scale), scale);
            default:
                return new Decimal128Type(Math.Min(MostDigits, Math.Max(left.Precision - left.Scale, right.Precision - right.Scale) + scale + 1), scale);
        }
    }
}
