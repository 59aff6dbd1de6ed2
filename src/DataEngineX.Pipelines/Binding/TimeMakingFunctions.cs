using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using Table = System.Collections.Generic.Dictionary<
    string, System.Func<DataEngineX.Expressions.CallExpr, System.Collections.Generic.IReadOnlyList<DataEngineX.Pipelines.Evaluator>, DataEngineX.Pipelines.Evaluator>>;

namespace DataEngineX.Pipelines;

/// <summary>Dates, times, timestamps and durations made of texts and numbers, and written as texts.</summary>
internal static class TimeMakingFunctions
{
    public static void AddTo(Table table)
    {
        table[FunctionNames.ParseDate] = (call, a) => Parse(new CallArguments(call, a), isDate: true, isTry: false);
        table[FunctionNames.TryParseDate] = (call, a) => Parse(new CallArguments(call, a), isDate: true, isTry: true);
        table[FunctionNames.ParseTimestamp] = (call, a) => Parse(new CallArguments(call, a), isDate: false, isTry: false);
        table[FunctionNames.TryParseTimestamp] = (call, a) => Parse(new CallArguments(call, a), isDate: false, isTry: true);
        table[FunctionNames.FormatTime] = (call, a) => Format(new CallArguments(call, a));
        table[FunctionNames.MakeDate] = (call, a) => MakeDate(new CallArguments(call, a));
        table[FunctionNames.MakeTime] = (call, a) => MakeTime(new CallArguments(call, a));
        table[FunctionNames.MakeTimestamp] = (call, a) => MakeTimestamp(new CallArguments(call, a));
        table[FunctionNames.MakeDuration] = (call, a) => Scale(new CallArguments(call, a), isDuration: true);
        table[FunctionNames.FromEpoch] = (call, a) => Scale(new CallArguments(call, a), isDuration: false);
    }

    private static Evaluator Parse(CallArguments a, bool isDate, bool isTry)
    {
        a.Expect(2);
        a.Text(0);
        var (pattern, format) = Pattern(a);
        if (isDate && (pattern.HasClock || pattern.HasOffset))
            throw a.Refuse($"The format '{format}' has a time of day: parse a timestamp and cast it to a date");
        IArrowType type = isDate ? Date32Type.Default : new TimestampType(
            pattern.FractionDigits > 6 ? TimeUnit.Nanosecond : TimeUnit.Microsecond, pattern.HasOffset ? "UTC" : null);
        return a.Evaluator(type, (x, m) => TimeText.Parse(pattern, format, isTry, type, x, m), isTry ? true : null);
    }

    private static Evaluator Format(CallArguments a)
    {
        a.Expect(2);
        var (time, (pattern, format)) = (a.Time(0), Pattern(a));
        var fits = time.Type switch
        {
            Date32Type => !pattern.HasOffset,
            TimestampType t => t.IsTimeZoneAware || !pattern.HasOffset,
            Time32Type or Time64Type => !pattern.HasDay && !pattern.HasOffset,
            _ => throw a.Misfit(),
        };
        if (!fits)
            throw a.Refuse($"The format '{format}' asks for more than a {ArrowTypes.NameOf(time.Type)} has");
        a.Add(time);
        return a.Evaluator(StringType.Default, (x, m) => TimeText.Format(pattern, x, m));
    }

    private static Evaluator MakeDate(CallArguments a)
    {
        a.Expect(3);
        NumberSlot[] fields = [a.WholeColumn(0), a.Whole(1), a.Whole(2)];
        return a.HasNull ? new ConstantEvaluator(null, Date32Type.Default) : a.Evaluator(Date32Type.Default, (x, m) => TimeText.MakeDate(x, fields, m));
    }

    private static Evaluator MakeTime(CallArguments a)
    {
        a.Expect(3);
        var type = new Time64Type(TimeUnit.Microsecond);
        NumberSlot[] fields = [a.WholeColumn(0), a.Whole(1), a.Whole(2)];
        return a.HasNull ? new ConstantEvaluator(null, type) : a.Evaluator(type, (x, m) => TimeText.MakeClock(type, null, x, fields, m));
    }

    private static Evaluator MakeTimestamp(CallArguments a)
    {
        a.Expect(6);
        NumberSlot[] date = [a.WholeColumn(0), a.Whole(1), a.Whole(2)];
        NumberSlot[] clock = [a.Whole(3), a.Whole(4), a.Whole(5)];
        var type = ArrowTypes.TimestampLocal;
        return a.HasNull ? new ConstantEvaluator(null, type) : a.Evaluator(type, (x, m) =>
        {
            using var dates = TimeText.MakeDate(x, date, m);
            return TimeText.MakeClock(type, dates, x, clock, m);
        });
    }

    /// <summary>Whole numbers are scaled exactly; fractions are rounded to microseconds.</summary>
    private static Evaluator Scale(CallArguments a, bool isDuration)
    {
        a.Expect(2);
        var unit = a.FixedUnit(1);
        var stored = unit == CalendarUnit.Nanosecond ? TimeUnit.Nanosecond : TimeUnit.Microsecond;
        IArrowType type = isDuration ? DurationType.FromTimeUnit(stored) : new TimestampType(stored, "UTC");
        var factor = TimeUnits.Nanoseconds(unit) / TimeUnits.Nanoseconds(stored);
        var name = isDuration ? FunctionNames.MakeDuration : FunctionNames.FromEpoch;
        if (a.IsFraction(0))
        {
            var rounded = FunctionTable.Bind(
                new CallExpr(FunctionNames.Round, new LiteralExpr(null), 0),
                [a.Product(0, factor), new ConstantEvaluator(0, Int32Type.Default)]);
            a.Add(Conversions.Cast(rounded, Int64Type.Default, isTry: false));
            factor = 1;
        }
        else
        {
            a.WholeColumn(0);
        }

        return a.HasNull ? new ConstantEvaluator(null, type) : a.Evaluator(type, (x, m) => Temporal.Scale(name, type, factor, x, m));
    }

    private static (TimePattern Pattern, string Format) Pattern(CallArguments a)
    {
        var format = a.Literal<string>(1);
        try
        {
            return (TimePattern.Parse(format), format);
        }
        catch (FormatException e)
        {
            throw a.Refuse($"'{format}' is not a format of dates and times: {e.Message}");
        }
    }
}
