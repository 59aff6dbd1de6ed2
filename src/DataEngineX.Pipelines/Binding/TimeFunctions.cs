using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Functions on dates, times, timestamps and durations.</summary>
internal static class TimeFunctions
{
    public static void AddTo(Table table)
    {
        foreach (var (name, part) in new[]
        {
            (FunctionNames.Year, DatePart.Year), (FunctionNames.Quarter, DatePart.Quarter), (FunctionNames.Month, DatePart.Month),
            (FunctionNames.Day, DatePart.Day), (FunctionNames.DayOfYear, DatePart.DayOfYear), (FunctionNames.DayOfWeek, DatePart.DayOfWeek),
            (FunctionNames.IsoDayOfWeek, DatePart.IsoDayOfWeek), (FunctionNames.IsoWeek, DatePart.IsoWeek), (FunctionNames.IsoYear, DatePart.IsoYear),
            (FunctionNames.Hour, DatePart.Hour), (FunctionNames.Minute, DatePart.Minute), (FunctionNames.Second, DatePart.Second),
            (FunctionNames.Millisecond, DatePart.Millisecond), (FunctionNames.Microsecond, DatePart.Microsecond),
            (FunctionNames.Nanosecond, DatePart.Nanosecond),
        })
        {
            table[name] = (call, a) => Part(new CallArguments(call, a), part);
        }

        table[FunctionNames.TruncateTime] = (call, a) => Truncate(new CallArguments(call, a));
        table[FunctionNames.AddTime] = (call, a) => Add(new CallArguments(call, a));
        table[FunctionNames.DateDiff] = (call, a) => Difference(new CallArguments(call, a));
        table[FunctionNames.Epoch] = (call, a) => Epoch(new CallArguments(call, a));
        table[FunctionNames.ToLocal] = (call, a) => Zoned(new CallArguments(call, a), toLocal: true);
        table[FunctionNames.ToInstant] = (call, a) => Zoned(new CallArguments(call, a), toLocal: false);
        table[FunctionNames.TimeOfDay] = (call, a) => TimeOfDay(new CallArguments(call, a));
        table[FunctionNames.DurationIn] = (call, a) => InUnits(new CallArguments(call, a));
    }

    private static Evaluator Part(CallArguments a, DatePart part)
    {
        a.Expect(1);
        var time = a.Time(0);
        var fits = time.Type switch
        {
            Date32Type or TimestampType => true,
            Time32Type or Time64Type => part >= DatePart.Hour,
            DurationType => part >= DatePart.Hour || part == DatePart.Day,
            _ => false,
        };
        if (!fits)
            throw a.Misfit();
        a.Add(time);
        return a.Evaluator(Int32Type.Default, (x, m) => Temporal.Extract(part, x, m));
    }

    private static Evaluator Truncate(CallArguments a)
    {
        a.Expect(2);
        var (time, unit) = (a.Time(0), a.Unit(1));
        if (time.Type is not (Date32Type or TimestampType) && (time.Type is not (Time32Type or Time64Type) || unit < CalendarUnit.Hour))
            throw a.Misfit();
        a.Add(time);
        return a.Evaluator(time.Type, (x, m) => Temporal.Truncate(unit, x, m));
    }

    private static Evaluator Add(CallArguments a)
    {
        a.Expect(3);
        var (time, unit) = (a.Time(0), a.Unit(2));
        var type = Holding(a, time.Type, unit);
        a.Add(Conversions.To(time, type));
        var amount = a.Whole(1);
        return a.HasNull ? new ConstantEvaluator(null, type) : a.Evaluator(type, (x, m) => Temporal.Add(unit, x, amount.Of(x), m));
    }

    /// <summary>The type of the sum: the same, or with a unit of storage fine enough for what is added.</summary>
    private static IArrowType Holding(CallArguments a, IArrowType type, CalendarUnit unit)
    {
        switch (type)
        {
            case Date32Type when unit > CalendarUnit.Day:
                throw a.Refuse($"A date has no {Expr.NameOf(unit)}: cast it to a timestamp first");
            case DurationType or Time32Type or Time64Type when !TimeUnits.IsFixed(unit):
                throw a.Refuse($"A {Expr.NameOf(unit)} has no fixed length and cannot be added to a {ArrowTypes.NameOf(type)}");
            case Date32Type:
                return type;
            case TimestampType t:
                return new TimestampType(TimeUnits.Finer(t.Unit, TimeUnits.Storage(unit)), t.Timezone);
            case TimeBasedType t when t.Unit >= TimeUnits.Storage(unit):
                return type;
            default:
                throw a.Refuse($"A {ArrowTypes.NameOf(type)} does not hold {Expr.NameOf(unit)}s: cast it to a finer unit first");
        }
    }

    private static Evaluator Difference(CallArguments a)
    {
        a.Expect(3);
        var (left, right, unit) = (a.Time(0), a.Time(1), a.Unit(2));
        if (left.Type is not (Date32Type or TimestampType) || right.Type is not (Date32Type or TimestampType))
            throw a.Misfit();
        IArrowType type = (left.Type, right.Type) switch
        {
            (TimestampType l, TimestampType r) => new TimestampType(TimeUnits.Finer(l.Unit, r.Unit), l.Timezone),
            (TimestampType l, _) => l,
            (_, TimestampType r) => r,
            _ => left.Type,
        };
        a.Add(Conversions.To(left, type));
        a.Add(Conversions.To(right, type));
        return a.Evaluator(Int64Type.Default, (x, m) => Temporal.Difference(unit, x, m));
    }

    private static Evaluator Epoch(CallArguments a)
    {
        a.Expect(2);
        var (time, unit) = (a.Time(0), a.FixedUnit(1));
        if (time.Type is not (Date32Type or TimestampType))
            throw a.Misfit();
        if (time.Type is Date32Type)
            time = Conversions.To(time, new TimestampType(TimeUnit.Second, (string?)null));
        a.Add(time);
        return a.Evaluator(Int64Type.Default, (x, m) => Temporal.Count(unit, x, m));
    }

    private static Evaluator Zoned(CallArguments a, bool toLocal)
    {
        a.Expect(2);
        var (time, zone) = (a.Time(0), a.Literal<string>(1));
        if (time.Type is not TimestampType type)
            throw a.Misfit();
        if (type.IsTimeZoneAware != toLocal)
            throw a.Refuse(toLocal ? "A timestamp without zone is local already: use ToInstant" : "A timestamp with zone is an instant already: use ToLocal");
        var rules = ZoneRules.TryFind(zone) ?? throw a.Refuse($"There is no time zone '{zone}' on this machine");
        var result = new TimestampType(type.Unit, toLocal ? null : "UTC");
        a.Add(time);
        return a.Evaluator(result, (x, m) => toLocal ? Temporal.ToLocal(rules, result, x, m) : Temporal.ToInstant(rules, result, x, m));
    }

    private static Evaluator TimeOfDay(CallArguments a)
    {
        a.Expect(1);
        if (a.Time(0) is not { Type: TimestampType type } time)
            throw a.Misfit();
        var result = new Time64Type(type.Unit == TimeUnit.Nanosecond ? TimeUnit.Nanosecond : TimeUnit.Microsecond);
        a.Add(time);
        return a.Evaluator(result, (x, m) => Temporal.TimeOfDay(result, x, m));
    }

    private static Evaluator InUnits(CallArguments a)
    {
        a.Expect(2);
        var (time, unit) = (a.Time(0), a.FixedUnit(1));
        if (time.Type is not DurationType)
            throw a.Misfit();
        a.Add(time);
        return a.Evaluator(DoubleType.Default, (x, m) => Temporal.InUnits(unit, x, m));
    }
}
