using System.Globalization;
using System.Linq.Expressions;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates methods, constructors and properties of dates, times and durations.</summary>
internal static class TimeTranslator
{
    public static bool IsTime(Type type) =>
        type == typeof(DateOnly) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeOnly) || type == typeof(TimeSpan);

    public static Expr? Method(MethodCallExpression call, TranslationVisitor visitor)
    {
        Expr Argument(int index) => visitor.Visit(call.Arguments[index]);
        var count = call.Arguments.Count;
        if (call.Object is null)
            return StaticMethod(call, visitor);
        var type = call.Object.Type;
        var unit = UnitOf(call.Method.Name, "Add");
        if (unit is not null && count == 1)
            return Moved(visitor.Visit(call.Object), call.Arguments[0], unit.Value, visitor);
        return call.Method.Name switch
        {
            "Add" when count == 1 => visitor.Visit(call.Object) + Argument(0),
            "Subtract" when count == 1 => visitor.Visit(call.Object) - Argument(0),
            "Negate" => -visitor.Visit(call.Object),
            "CompareTo" or "Equals" => null,
            "ToString" when count > 0 && type != typeof(TimeSpan) && call.Arguments[0].Type == typeof(string) => visitor.Visit(call.Object).Format(Format(call, visitor)),
            "ToUnixTimeSeconds" => visitor.Visit(call.Object).Epoch(CalendarUnit.Second),
            "ToUnixTimeMilliseconds" => visitor.Visit(call.Object).Epoch(CalendarUnit.Millisecond),
            "ToDateTime" when IsMidnight(call.Arguments[0]) => visitor.Visit(call.Object).Cast(ArrowTypes.TimestampLocal),
            "ToUniversalTime" when type == typeof(DateTimeOffset) => visitor.Visit(call.Object),
            _ => null,
        };
    }

    /// <summary><c>new DateOnly(r.Year, 1, 1)</c> and its like over columns.</summary>
    public static Expr? Constructor(NewExpression creation, TranslationVisitor visitor)
    {
        Expr[] given = [.. creation.Arguments.Where(a => a.Type == typeof(int)).Select(visitor.Visit)];
        if (given.Length != creation.Arguments.Count)
            return null;
        return (creation.Type.Name, given.Length) switch
        {
            (nameof(DateOnly), 3) => Columns.MakeDate(given[0], given[1], given[2]),
            (nameof(DateTime), 3) => Columns.MakeTimestamp(given[0], given[1], given[2], 0, 0, 0),
            (nameof(DateTime), 6) => Columns.MakeTimestamp(given[0], given[1], given[2], given[3], given[4], given[5]),
            (nameof(TimeOnly), 2) => Columns.MakeTime(given[0], given[1], 0),
            (nameof(TimeOnly), 3) => Columns.MakeTime(given[0], given[1], given[2]),
            _ => null,
        };
    }

    public static Expr? Member(MemberExpression member, Type type, Expr value)
    {
        var name = member.Member.Name;
        if (type == typeof(TimeSpan))
        {
            return UnitOf(name, "Total") is { } unit ? value.TotalIn(unit) : name switch
            {
                nameof(TimeSpan.Days) => value.Day(),
                nameof(TimeSpan.Hours) => value.Hour(),
                nameof(TimeSpan.Minutes) => value.Minute(),
                nameof(TimeSpan.Seconds) => value.Second(),
                nameof(TimeSpan.Milliseconds) => value.Millisecond(),
                nameof(TimeSpan.Microseconds) => value.Microsecond(),
                _ => null,
            };
        }

        return name switch
        {
            "Year" => value.Year(),
            "Month" => value.Month(),
            "Day" => value.Day(),
            "DayOfYear" => value.DayOfYear(),
            "DayOfWeek" => value.DayOfWeek(),
            "Hour" => value.Hour(),
            "Minute" => value.Minute(),
            "Second" => value.Second(),
            "Millisecond" => value.Millisecond(),
            "Microsecond" => value.Microsecond(),
            "Nanosecond" => value.Nanosecond(),
            "Date" => type == typeof(DateTimeOffset)
                ? value.Cast(ArrowTypes.TimestampLocal).TruncateTo(CalendarUnit.Day)
                : value.TruncateTo(CalendarUnit.Day),
            "UtcDateTime" => value.Cast(ArrowTypes.TimestampLocal),
            "TimeOfDay" => value - value.TruncateTo(CalendarUnit.Day),
            _ => null,
        };
    }

    private static Expr? StaticMethod(MethodCallExpression call, TranslationVisitor visitor)
    {
        var type = call.Method.DeclaringType!;
        Expr First() => visitor.Visit(call.Arguments[0]);
        switch (type.Name, call.Method.Name)
        {
            case (nameof(DateOnly), "FromDateTime"):
                return First().Cast(ArrowTypes.FromClr(typeof(DateOnly)));
            case (nameof(TimeOnly), "FromDateTime"):
                return First().TimeOfDay();
            case (nameof(DateTimeOffset), "FromUnixTimeSeconds"):
                return First().FromEpoch(CalendarUnit.Second);
            case (nameof(DateTimeOffset), "FromUnixTimeMilliseconds"):
                return First().FromEpoch(CalendarUnit.Millisecond);
            case (nameof(TimeSpan), _) when UnitOf(call.Method.Name, "From") is { } unit && call.Arguments.Count == 1:
                return Columns.MakeDuration(visitor.Visit(Unwidened(call.Arguments[0])), unit);
            case (nameof(DateOnly) or nameof(DateTime) or nameof(DateTimeOffset), "Parse"):
                return First().Cast(ArrowTypes.FromClr(type));
            case (nameof(DateOnly), "ParseExact"):
                return First().ParseDate(Format(call, visitor, 1));
            case (nameof(DateTime) or nameof(DateTimeOffset), "ParseExact"):
                return First().ParseTimestamp(Format(call, visitor, 1));
            default:
                return null;
        }
    }

    /// <summary>Amounts of <see cref="DateTime"/> are doubles: whole ones are taken as such, constant fractions in a finer unit.</summary>
    private static Expr Moved(Expr time, LinqExpression amount, CalendarUnit unit, TranslationVisitor visitor)
    {
        var whole = Unwidened(amount);
        if (whole.Type != typeof(double))
            return time.Add(visitor.Visit(whole), unit);
        if (visitor.DependsOnRow(whole) || !CapturedValue.TryRead(whole, out var read) || read is not double value)
            throw TranslationVisitor.Refuse(amount, "the number of units must be whole: cast it to int or long, in a finer unit where it has a fraction.");
        for (var finer = unit; finer <= CalendarUnit.Nanosecond; finer++)
        {
            if (value == Math.Truncate(value))
                return time.Add(new LiteralExpr(value is >= int.MinValue and <= int.MaxValue ? (int)value : (object)(long)value), finer);
            value *= finer switch { CalendarUnit.Day => 24, CalendarUnit.Hour or CalendarUnit.Minute => 60, _ => 1000 };
        }

        throw TranslationVisitor.Refuse(amount, "the amount is finer than a nanosecond.");
    }

    /// <summary>The whole number under a conversion to double that C# puts in.</summary>
    private static LinqExpression Unwidened(LinqExpression amount) =>
        amount is UnaryExpression { NodeType: ExpressionType.Convert } convert && convert.Type == typeof(double)
        && (convert.Operand.Type == typeof(int) || convert.Operand.Type == typeof(long) || convert.Operand.Type == typeof(short))
            ? convert.Operand : amount;

    private static string Format(MethodCallExpression call, TranslationVisitor visitor, int index = 0)
    {
        for (var i = index + 1; i < call.Arguments.Count; i++)
        {
            if (CapturedValue.TryRead(call.Arguments[i], out var culture) && culture is CultureInfo { Name.Length: > 0 })
                throw TranslationVisitor.Refuse(call, "names of months and days are invariant: give CultureInfo.InvariantCulture.");
        }

        return !visitor.DependsOnRow(call.Arguments[index]) && CapturedValue.TryRead(call.Arguments[index], out var format) && format is string text
            ? text
            : throw TranslationVisitor.Refuse(call, "the format must be a constant.");
    }

    private static bool IsMidnight(LinqExpression time) => CapturedValue.TryRead(time, out var value) && value is TimeOnly { Ticks: 0 };

    private static CalendarUnit? UnitOf(string name, string prefix) => !name.StartsWith(prefix, StringComparison.Ordinal) ? null : name[prefix.Length..] switch
    {
        "Years" => CalendarUnit.Year,
        "Months" => CalendarUnit.Month,
        "Days" => CalendarUnit.Day,
        "Hours" => CalendarUnit.Hour,
        "Minutes" => CalendarUnit.Minute,
        "Seconds" => CalendarUnit.Second,
        "Milliseconds" => CalendarUnit.Millisecond,
        "Microseconds" => CalendarUnit.Microsecond,
        "Nanoseconds" => CalendarUnit.Nanosecond,
        _ => null,
    };
}
