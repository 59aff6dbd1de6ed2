using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Clocks and chance belong to the run and are never read while describing: <c>UtcNow</c> is the run's clock, the rest is refused.</summary>
internal static class ClockTranslator
{
    public static bool IsOfTheRun(MemberInfo member)
    {
        var type = member.DeclaringType;
        return (type == typeof(Sql) && member.Name == nameof(Sql.RunClock))
            || ((type == typeof(DateTime) || type == typeof(DateTimeOffset)) && member.Name is "Now" or "UtcNow" or "Today")
            || (type == typeof(Guid) && member.Name is "NewGuid" or "CreateVersion7")
            || (type == typeof(Environment) && member.Name.StartsWith("TickCount", StringComparison.Ordinal))
            || type == typeof(Stopwatch)
            || typeof(Random).IsAssignableFrom(type)
            || typeof(TimeProvider).IsAssignableFrom(type);
    }

    public static Expr Translate(MemberExpression member) => (member.Member.DeclaringType?.Name, member.Member.Name) switch
    {
        (nameof(Sql), _) or (nameof(DateTimeOffset), "UtcNow") => Columns.RunClock,
        (nameof(DateTime), "UtcNow") => Columns.RunClock.Cast(ArrowTypes.TimestampLocal),
        _ => throw TranslationVisitor.Refuse(member, "it changes from run to run: use UtcNow, which is the run's clock."),
    };
}
