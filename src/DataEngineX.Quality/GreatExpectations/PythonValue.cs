using System.Globalization;

namespace DataEngineX.Quality;

/// <summary>The value of a parameter that is a small Python expression, such as <c>now() - timedelta(weeks=52)</c>.</summary>
internal static class PythonValue
{
    /// <param name="text">The expression, or the name of a parameter.</param>
    /// <param name="parameters">The parameters there are.</param>
    /// <param name="clock">Tells what now is.</param>
    /// <exception cref="FormatException">It is none, or names what is not there.</exception>
    public static object? Of(string text, IReadOnlyDictionary<string, object?> parameters, TimeProvider clock) =>
        parameters.TryGetValue(text, out var value) ? value : Value(PythonParser.Parse(text), parameters, clock);

    private static object? Value(PythonNode node, IReadOnlyDictionary<string, object?> parameters, TimeProvider clock)
    {
        switch (node)
        {
            case PythonNode.Constant constant:
                return constant.Value;
            case PythonNode.Name name:
                return parameters.TryGetValue(name.Text, out var found) ? found
                    : name.Text == "PI" ? Math.PI
                    : name.Text == "E" ? Math.E
                    : throw new FormatException($"There is no parameter '{name.Text}'.");
            case PythonNode.Items items:
                return items.Values.Select(v => Value(v, parameters, clock)).ToList();
            case PythonNode.Unary { Operator: "-" } minus:
                return Value(minus.Operand, parameters, clock) switch
                {
                    long number => -number,
                    TimeSpan span => -span,
                    var other => -Number(other),
                };
            case PythonNode.Binary binary:
                return Binary(binary.Operator, Value(binary.Left, parameters, clock), Value(binary.Right, parameters, clock));
            case PythonNode.Call { Function: PythonNode.Name function } call:
                return Call(
                    function.Text,
                    [.. call.Arguments.Select(a => Value(a, parameters, clock))],
                    call.Named.ToDictionary(n => n.Key, n => Number(Value(n.Value, parameters, clock)), StringComparer.Ordinal),
                    clock);
            default:
                throw new FormatException("A parameter is a constant, a name, arithmetic or a call of a known function.");
        }
    }

    private static object Binary(string operation, object? left, object? right) => (operation, left, right) switch
    {
        ("+", DateTime time, TimeSpan span) => time + span,
        ("+", TimeSpan span, DateTime time) => time + span,
        ("-", DateTime time, TimeSpan span) => time - span,
        ("-", DateTime time, DateTime other) => time - other,
        ("+", TimeSpan span, TimeSpan other) => span + other,
        ("-", TimeSpan span, TimeSpan other) => span - other,
        ("*", TimeSpan span, _) => span * Number(right),
        ("+", string text, string other) => text + other,
        ("+", long a, long b) => checked(a + b),
        ("-", long a, long b) => checked(a - b),
        ("*", long a, long b) => checked(a * b),
        ("+", _, _) => Number(left) + Number(right),
        ("-", _, _) => Number(left) - Number(right),
        ("*", _, _) => Number(left) * Number(right),
        ("/", _, _) => Number(left) / Number(right),
        ("//", _, _) => Math.Floor(Number(left) / Number(right)),
        ("%", _, _) => Number(left) - (Math.Floor(Number(left) / Number(right)) * Number(right)),
        ("**", _, _) => Math.Pow(Number(left), Number(right)),
        _ => throw new FormatException($"'{operation}' is not known in a parameter."),
    };

    private static object Call(string function, object?[] arguments, Dictionary<string, double> named, TimeProvider clock) => (function, arguments) switch
    {
        // As Python has it, a wall clock without zone.
        ("now", []) => DateTime.SpecifyKind(clock.GetUtcNow().UtcDateTime, DateTimeKind.Unspecified),
        ("datetime", [_, _, _, ..]) => TimeOf(arguments),
        ("timedelta", _) => Span(arguments, named),
        ("abs", [var x]) => x is long whole ? Math.Abs(whole) : Math.Abs(Number(x)),
        ("trunc", [var x]) => (long)Math.Truncate(Number(x)),
        ("round", [var x]) => (long)Math.Round(Number(x), MidpointRounding.ToEven),
        ("sgn", [var x]) => (long)Math.Sign(Number(x)),
        ("sin", [var x]) => Math.Sin(Number(x)),
        ("cos", [var x]) => Math.Cos(Number(x)),
        ("tan", [var x]) => Math.Tan(Number(x)),
        ("exp", [var x]) => Math.Exp(Number(x)),
        ("hypot", [var x, var y]) => double.Hypot(Number(x), Number(y)),
        _ => throw new FormatException($"The function '{function}' is not known in a parameter."),
    };

    private static DateTime TimeOf(object?[] arguments)
    {
        int Part(int i) => i < arguments.Length ? (int)Number(arguments[i]) : 0;
        try
        {
            return new DateTime(Part(0), Part(1), Part(2), Part(3), Part(4), Part(5), DateTimeKind.Unspecified).AddMicroseconds(Part(6));
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new FormatException($"There is no time datetime({string.Join(", ", arguments)}).", error);
        }
    }

    private static TimeSpan Span(object?[] arguments, Dictionary<string, double> named)
    {
        var days = arguments.Length > 0 ? Number(arguments[0]) : 0;
        var seconds = arguments.Length > 1 ? Number(arguments[1]) : 0;
        foreach (var (name, value) in named)
        {
            switch (name)
            {
                case "weeks": days += 7 * value; break;
                case "days": days += value; break;
                case "hours": seconds += 3600 * value; break;
                case "minutes": seconds += 60 * value; break;
                case "seconds": seconds += value; break;
                case "milliseconds": seconds += value / 1e3; break;
                case "microseconds": seconds += value / 1e6; break;
                default: throw new FormatException($"timedelta has no '{name}'.");
            }
        }

        return TimeSpan.FromDays(days) + TimeSpan.FromSeconds(seconds);
    }

    private static double Number(object? value) => value is long or double or int or decimal
        ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : throw new FormatException($"'{value}' is no number.");
}
