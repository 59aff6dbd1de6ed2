using System.Globalization;
using System.Numerics;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Reads the tolerance of an as-of join in the units of its times.</summary>
internal static class AsOfTolerance
{
    public static AsOfMeasure Bind(Expr? tolerance, IArrowType type)
    {
        var isReal = SchemaTools.IsFloating(type);
        if (tolerance is null)
            return new AsOfMeasure(isReal, null, null);
        if (tolerance is not LiteralExpr { Value: { } value })
            throw Refused(tolerance, "is not a literal");
        if (Conversions.IsTemporal(type))
            return new AsOfMeasure(IsReal: false, value is TimeSpan span ? Units(span, type, tolerance) : throw Refused(tolerance, $"is not a TimeSpan, and the times are {ArrowTypes.NameOf(type)}"), null);
        if (!TypeRules.IsNumber(((LiteralExpr)tolerance).Type))
            throw Refused(tolerance, $"is not a number, and the times are {ArrowTypes.NameOf(type)}");
        var real = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (!(real >= 0))
            throw Refused(tolerance, "is negative or not a number");
        return isReal ? new AsOfMeasure(IsReal: true, null, real) : new AsOfMeasure(IsReal: false, Whole(value, real, type), null);
    }

    /// <summary>Whole units; what is less than one adds nothing, as times are whole.</summary>
    private static UInt128 Units(TimeSpan span, IArrowType type, Expr tolerance)
    {
        if (span < TimeSpan.Zero)
            throw Refused(tolerance, "is negative");
        var nanoseconds = type switch
        {
            Date32Type => TimeUnits.Nanoseconds(CalendarUnit.Day),
            Date64Type => TimeUnits.Nanoseconds(CalendarUnit.Millisecond),
            TimestampType timestamp => TimeUnits.Nanoseconds(timestamp.Unit),
            DurationType duration => TimeUnits.Nanoseconds(duration.Unit),
            _ => TimeUnits.Nanoseconds(((TimeBasedType)type).Unit),
        };
        return (UInt128)span.Ticks * 100 / (UInt128)nanoseconds;
    }

    private static UInt128 Whole(object value, double real, IArrowType type)
    {
        if (value is float or double or Half)
            return type is Decimal128Type wide ? UInt128.CreateSaturating(Math.Floor(real * Math.Pow(10, wide.Scale))) : UInt128.CreateSaturating(Math.Floor(real));
        var exact = new BigInteger(0);
        var number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        var scale = (type as Decimal128Type)?.Scale ?? 0;
        exact = new BigInteger(number * (decimal)Math.Pow(10, number.Scale));
        exact = scale >= number.Scale ? exact * BigInteger.Pow(10, scale - number.Scale) : exact / BigInteger.Pow(10, number.Scale - scale);
        return UInt128.CreateSaturating(exact);
    }

    private static PlanException Refused(Expr tolerance, string why) =>
        new($"The tolerance {tolerance} {why}: give a TimeSpan for times, a number for numbers, of at least 0.", "as_of_join");
}
