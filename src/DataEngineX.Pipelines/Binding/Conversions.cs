using System.Globalization;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Implicit and explicit conversions of evaluators. Numbers widen; a text literal beside a date or a time is read as ISO 8601; null takes any type.</summary>
internal static class Conversions
{
    /// <summary>The type in which two number columns are compared.</summary>
    public static IArrowType? ArithmeticType(IArrowType left, IArrowType right) => TypeRules.Common(left, right);

    public static IArrowType? ArithmeticType(ArithmeticOperator operation, Evaluator left, Evaluator right)
    {
        if (right.Type is UInt64Type && left is ConstantEvaluator { Value: { } l } && SchemaTools.IsInteger(left.Type) && Fits(l, right.Type))
            return right.Type;
        if (left.Type is UInt64Type && right is ConstantEvaluator { Value: { } r } && SchemaTools.IsInteger(right.Type) && Fits(r, left.Type))
            return left.Type;
        var isDecimal = left.Type is Decimal128Type || right.Type is Decimal128Type;
        return TypeRules.Arithmetic(operation, isDecimal ? Narrow(left) : left.Type, isDecimal ? Narrow(right) : right.Type);
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

        return TypeRules.Plain(common.Type);
    }

    public static IArrowType? CommonType(Evaluator left, Evaluator right)
    {
        var (l, r) = (TypeRules.Plain(left.Type), TypeRules.Plain(right.Type));
        if (TypeRules.IsNumber(l) && TypeRules.IsNumber(r))
            return CommonNumber(left, right);
        if (IsTemporal(l) && IsTextLiteral(right))
            return l;
        return IsTemporal(r) && IsTextLiteral(left) ? r : TypeRules.Common(l, r);
    }

    /// <summary>The evaluator with another type: the same where nothing changes, a literal converted now, or a cast.</summary>
    public static Evaluator To(Evaluator value, IArrowType type)
    {
        if (ArrowTypes.Same(value.Type, type))
            return value;
        return value is ConstantEvaluator { Value: { } literal } && Literal(literal, type) is { } exact
            ? new ConstantEvaluator(exact, type)
            : Cast(value, type, isTry: false);
    }

    public static Evaluator Cast(Evaluator value, IArrowType type, bool isTry)
    {
        if (ArrowTypes.Same(value.Type, type))
            return value;
        if (value is ConstantEvaluator { Value: null })
            return new ConstantEvaluator(null, type);
        if (!Casts.CanCast(value.Type, type))
            throw new PlanException($"{ArrowTypes.NameOf(value.Type)} cannot be converted to {ArrowTypes.NameOf(type)}.");
        var cast = DictionaryEvaluator.TryCreate([value], a => Of(a[0])) ?? Of(value);
        return value is ConstantEvaluator constant
            ? ConstantFolding.Fold(cast, e => new PlanException($"The literal {constant.Value} is not a {ArrowTypes.NameOf(type)}: {e.Message}"))
            : cast;

        Evaluator Of(Evaluator source) => new KernelEvaluator(
            type, source.IsNullable || isTry, [source], (x, m) => isTry ? Casts.TryCast(x[0], type, m) : Casts.Cast(x[0], type, m));
    }

    public static Evaluator? ToBoolean(Evaluator value) => TypeRules.Plain(value.Type) switch
    {
        BooleanType => To(value, BooleanType.Default),
        NullType => new ConstantEvaluator(null, BooleanType.Default),
        _ => null,
    };

    /// <summary>Whether a literal is exactly a value of the type, so that it can take it without a change of meaning.</summary>
    public static bool Fits(object value, IArrowType type)
    {
        try
        {
            return Convert(value, type) is { } converted && AsNumber(converted) == AsNumber(value);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    public static bool IsTemporal(IArrowType type) => type is Date32Type or Date64Type or TimestampType or Time32Type or Time64Type or DurationType;

    /// <summary>A literal as the CLR value of another type; null where there is no such value and a cast must say so.</summary>
    private static object? Literal(object value, IArrowType type)
    {
        try
        {
            return Convert(value, type);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw new PlanException($"The literal {value} is not a {ArrowTypes.NameOf(type)}.");
        }
    }

    private static object? Convert(object value, IArrowType type)
    {
        var culture = CultureInfo.InvariantCulture;
        return (type, value) switch
        {
            (TimestampType, DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            (TimestampType, DateTime time) => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            (TimestampType, DateTimeOffset) => value,
            (_, bool or string or byte[] or DateOnly or DateTime or DateTimeOffset or TimeOnly or TimeSpan) => null,
            (Decimal128Type target, decimal exact) => exact.Scale <= target.Scale ? value : null,
            (Decimal128Type, not (float or double or Half)) => System.Convert.ToDecimal(value, culture),
            (FloatType, not Half) => System.Convert.ToSingle(value, culture),
            (DoubleType, not Half) => System.Convert.ToDouble(value, culture),
            (_, float or double or Half or decimal) when !IsWhole(value) => null,
            (Int8Type, not Half) => System.Convert.ToSByte(value, culture),
            (Int16Type, not Half) => System.Convert.ToInt16(value, culture),
            (Int32Type, not Half) => System.Convert.ToInt32(value, culture),
            (Int64Type, not Half) => System.Convert.ToInt64(value, culture),
            (UInt8Type, not Half) => System.Convert.ToByte(value, culture),
            (UInt16Type, not Half) => System.Convert.ToUInt16(value, culture),
            (UInt32Type, not Half) => System.Convert.ToUInt32(value, culture),
            (UInt64Type, not Half) => System.Convert.ToUInt64(value, culture),
            _ => null,
        };
    }

    /// <summary>A literal beside a column takes the column's type when it fits; a fraction or a number too large widens both.</summary>
    private static IArrowType? CommonNumber(Evaluator left, Evaluator right)
    {
        var (l, r) = (TypeRules.Plain(left.Type), TypeRules.Plain(right.Type));
        if (left is ConstantEvaluator { Value: { } first } && right is not ConstantEvaluator && Fits(first, r))
            return r;
        if (right is ConstantEvaluator { Value: { } second } && left is not ConstantEvaluator && Fits(second, l))
            return l;
        var isDecimal = l is Decimal128Type || r is Decimal128Type;
        return TypeRules.Common(isDecimal ? Narrow(left) : l, isDecimal ? Narrow(right) : r);
    }

    /// <summary>A number literal beside a decimal is as wide as its digits, so that <c>price * 2</c> does not take the room of every int32.</summary>
    private static IArrowType Narrow(Evaluator value) => value is ConstantEvaluator { Value: { } literal } && !SchemaTools.IsFloating(value.Type)
        ? literal is decimal or sbyte or short or int or long or byte or ushort or uint or ulong
            ? TypeRules.AsDecimal(System.Convert.ToDecimal(literal, CultureInfo.InvariantCulture))
            : value.Type
        : TypeRules.Plain(value.Type);

    private static bool IsWhole(object value) => value is decimal exact ? decimal.IsInteger(exact) : double.IsInteger(AsNumber(value));

    private static double AsNumber(object value) => value is Half half ? (double)half : System.Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static bool IsTextLiteral(Evaluator value) => value is ConstantEvaluator && SchemaTools.IsText(value.Type);
}
