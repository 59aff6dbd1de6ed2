using System.Globalization;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Common types and implicit conversions. Numbers widen; a text literal beside a date or timestamp is read as ISO 8601; null takes any type.</summary>
internal static class Conversions
{
    public static IArrowType? ArithmeticType(IArrowType left, IArrowType right)
    {
        if (left is NullType || right is NullType)
            return left is NullType ? (right is NullType ? Int32Type.Default : right) : left;
        if (!SchemaTools.IsNumeric(left) || !SchemaTools.IsNumeric(right))
            return null;
        if (SchemaTools.IsFloating(left) || SchemaTools.IsFloating(right))
            return left.TypeId == ArrowTypeId.Float && right.TypeId == ArrowTypeId.Float ? FloatType.Default : DoubleType.Default;
        return Width(left) <= 2 && Width(right) <= 2 || (left is Int32Type && Width(right) <= 4 && IsNarrowSigned(right))
            || (right is Int32Type && Width(left) <= 4 && IsNarrowSigned(left)) ? Int32Type.Default
            : left is UInt64Type && right is UInt64Type ? UInt64Type.Default : Int64Type.Default;
    }

    public static IArrowType? CommonType(IReadOnlyList<Evaluator> values)
    {
        var common = values[0];
        foreach (var value in values.Skip(1))
        {
            if (CommonType(common, value) is not { } type)
                return null;
            common = ArrowTypes.Same(type, common.Type) ? common : To(common, type);
        }

        return common.Type;
    }

    public static IArrowType? CommonType(Evaluator left, Evaluator right)
    {
        if (left.Type is NullType || ArrowTypes.Same(left.Type, right.Type))
            return right.Type;
        if (right.Type is NullType)
            return left.Type;
        if (SchemaTools.IsNumeric(left.Type) && SchemaTools.IsNumeric(right.Type))
            return CommonNumber(left, right);
        if (SchemaTools.IsTime(left.Type) && SchemaTools.IsTime(right.Type))
            return left.Type is TimestampType ? left.Type : right.Type;
        if (SchemaTools.IsTime(left.Type) && IsTextLiteral(right))
            return left.Type;
        if (SchemaTools.IsTime(right.Type) && IsTextLiteral(left))
            return right.Type;
        return left.Type is Decimal128Type && right is ConstantEvaluator && SchemaTools.IsNumeric(right.Type) ? left.Type : null;
    }

    /// <summary>The evaluator with another type: the same where nothing changes, a literal converted now, or a cast.</summary>
    public static Evaluator To(Evaluator value, IArrowType type)
    {
        if (ArrowTypes.Same(value.Type, type))
            return value;
        if (value is ConstantEvaluator constant)
            return new ConstantEvaluator(Literal(constant.Value, type), type);
        return Cast(value, type, isTry: false);
    }

    public static Evaluator Cast(Evaluator value, IArrowType type, bool isTry)
    {
        if (ArrowTypes.Same(value.Type, type))
            return value;
        if (value is ConstantEvaluator { Value: null })
            return new ConstantEvaluator(null, type);
        if (!Casts.CanCast(value.Type, type))
            throw new PlanException($"{ArrowTypes.NameOf(value.Type)} cannot be converted to {ArrowTypes.NameOf(type)}.");
        return new KernelEvaluator(type, value.IsNullable || isTry, [value], (x, m) => isTry ? Casts.TryCast(x[0], type, m) : Casts.Cast(x[0], type, m));
    }

    public static Evaluator? ToBoolean(Evaluator value) => value.Type switch
    {
        BooleanType => value,
        NullType => new ConstantEvaluator(null, BooleanType.Default),
        _ => null,
    };

    /// <summary>A literal as the CLR value of another type.</summary>
    private static object? Literal(object? value, IArrowType type)
    {
        try
        {
            return value is null ? null : Convert(value, type);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw new PlanException($"The literal {value} is not a {ArrowTypes.NameOf(type)}.");
        }
    }

    private static object Convert(object value, IArrowType type)
    {
        var culture = CultureInfo.InvariantCulture;
        return (type, value) switch
        {
            (Date32Type, string text) => DateOnly.Parse(text, culture),
            (Date32Type, DateTime time) => DateOnly.FromDateTime(time),
            (Date32Type, DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime),
            (TimestampType, string text) => DateTimeOffset.Parse(text, culture, DateTimeStyles.AssumeUniversal),
            (TimestampType, DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            (TimestampType, DateTime time) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            (TimestampType, DateTimeOffset) => value,
            (Decimal128Type, _) => System.Convert.ToDecimal(value, culture),
            (Int8Type, _) => System.Convert.ToSByte(value, culture),
            (Int16Type, _) => System.Convert.ToInt16(value, culture),
            (Int32Type, _) => System.Convert.ToInt32(value, culture),
            (Int64Type, _) => System.Convert.ToInt64(value, culture),
            (UInt8Type, _) => System.Convert.ToByte(value, culture),
            (UInt16Type, _) => System.Convert.ToUInt16(value, culture),
            (UInt32Type, _) => System.Convert.ToUInt32(value, culture),
            (UInt64Type, _) => System.Convert.ToUInt64(value, culture),
            (FloatType, _) => System.Convert.ToSingle(value, culture),
            (DoubleType, _) => System.Convert.ToDouble(value, culture),
            (StringType, _) => System.Convert.ToString(value, culture)!,
            _ => throw new InvalidCastException(),
        };
    }

    /// <summary>A whole-number literal beside a column takes the column's type when it fits; a fraction or a number too large widens both.</summary>
    private static IArrowType? CommonNumber(Evaluator left, Evaluator right)
    {
        if (left is ConstantEvaluator l && right is not ConstantEvaluator && Fits(l.Value!, right.Type))
            return right.Type;
        if (right is ConstantEvaluator r && left is not ConstantEvaluator && Fits(r.Value!, left.Type))
            return left.Type;
        return ArithmeticType(left.Type, right.Type);
    }

    private static bool Fits(object value, IArrowType type)
    {
        try
        {
            return System.Convert.ToDouble(Convert(value, type), CultureInfo.InvariantCulture) == System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    private static bool IsTextLiteral(Evaluator value) => value is ConstantEvaluator && SchemaTools.IsText(value.Type);

    private static bool IsNarrowSigned(IArrowType type) => type is Int32Type or Int16Type or Int8Type or UInt16Type or UInt8Type;

    private static int Width(IArrowType type) => type is FixedWidthType fixedWidth ? fixedWidth.BitWidth / 8 : 8;
}
