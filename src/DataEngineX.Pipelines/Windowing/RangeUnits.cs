using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Turns the distances of a range frame into units of the order key, and refuses what does not go together.</summary>
internal sealed class RangeUnits
{
    private static readonly Int128 MostDigits = Literals.Power128(38);

    private readonly string _column;
    private readonly Field _key;
    private readonly IArrowType _type;
    private readonly bool _isTime;

    public RangeUnits(string column, Field key, WindowFrame frame)
    {
        _column = column;
        _key = key;
        _type = key.DataType is DictionaryType dictionary ? dictionary.ValueType : key.DataType;
        _isTime = _type is TimeBasedType or Date32Type or Date64Type;
        if (!_isTime && !SchemaTools.IsNumeric(_type) && _type is not Decimal128Type)
            throw Unfit("which has no distances: order by a number, a date or a time, or count rows.");
        if (_isTime && frame.Unit != WindowFrameUnit.Time)
            throw Unfit("so its distance is a TimeSpan, not a number.");
        if (!_isTime && frame.Unit == WindowFrameUnit.Time)
            throw Unfit("so its distance is a number, not a TimeSpan.");
    }

    /// <summary>A distance; null for one without end.</summary>
    public RangeDistance Of(decimal? distance)
    {
        if (distance is not { } value)
            return new RangeDistance(true, 0, 0);
        if (_isTime)
            return new RangeDistance(false, Units((long)value), 0);
        if (SchemaTools.IsFloating(_type))
            return new RangeDistance(false, 0, (double)value);
        return new RangeDistance(false, _type is Decimal128Type decimals ? Scaled(value, decimals.Scale) : (Int128)decimal.Floor(value), 0);
    }

    /// <summary>Part of a unit makes no difference to whole ones, so what is left over is dropped downwards.</summary>
    private Int128 Units(long ticks) => _type switch
    {
        Date32Type => Floor(ticks, TimeSpan.TicksPerDay),
        Date64Type => Floor(ticks, TimeSpan.TicksPerMillisecond),
        TimeBasedType { Unit: TimeUnit.Second } => Floor(ticks, TimeSpan.TicksPerSecond),
        TimeBasedType { Unit: TimeUnit.Millisecond } => Floor(ticks, TimeSpan.TicksPerMillisecond),
        TimeBasedType { Unit: TimeUnit.Microsecond } => Floor(ticks, TimeSpan.TicksPerMicrosecond),
        _ => (Int128)ticks * TimeSpan.NanosecondsPerTick,
    };

    private Int128 Scaled(decimal value, int scale)
    {
        var whole = (Int128)decimal.Floor(value);
        var power = Literals.Power128(scale);
        if (Int128.Abs(whole) >= MostDigits / power)
            throw Unfit("too small a type for the distance of the frame.");
        // Digits of the distance beyond those of the key make no difference to it.
        var fraction = value - decimal.Floor(value);
        for (var digit = 0; digit < scale; digit++)
        {
            fraction *= 10;
            whole = (whole * 10) + (Int128)decimal.Floor(fraction);
            fraction -= decimal.Floor(fraction);
        }

        return whole;
    }

    private static Int128 Floor(long ticks, long unit) => Math.DivRem(ticks, unit) is var (quotient, left) && left < 0 ? quotient - 1 : quotient;

    private PlanException Unfit(string why) =>
        new($"'{_column}' has a range frame over '{_key.Name}', which is {ArrowTypes.NameOf(_key.DataType)}, {why}", "window", _column);
}
