using System.Globalization;
using System.Text.Json;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>
/// Expressions as JSON, without loss: <c>{"col": "x"}</c>, <c>{"lit": 1}</c> (with <c>"type"</c> where JSON does not tell it),
/// <c>{"call": "gt", "args": [...]}</c>, <c>{"cast": ..., "to": "int64"}</c> and <c>{"param": "clock"}</c>.
/// </summary>
internal static class ExprJson
{
    private const int MaxDepth = 500;

    public static void Write(Utf8JsonWriter writer, Expr expression)
    {
        writer.WriteStartObject();
        switch (expression)
        {
            case ColumnExpr column:
                writer.WriteString("col", column.Name);
                break;
            case ParameterExpr parameter:
                writer.WriteString("param", parameter.Name);
                break;
            case LiteralExpr literal:
                ExprLiteral.Write(writer, literal.Value);
                break;
            case CallExpr call:
                writer.WriteString("call", call.Function);
                writer.WriteStartArray("args");
                foreach (var argument in call.Children)
                    Write(writer, argument);
                writer.WriteEndArray();
                break;
            case CastExpr cast:
                writer.WritePropertyName("cast");
                Write(writer, cast.Operand);
                writer.WriteString("to", ArrowTypes.NameOf(cast.Type));
                if (cast.IsTry)
                    writer.WriteBoolean("try", true);
                break;
            default:
                throw new NotSupportedException($"An expression of type {expression.GetType().Name} has no JSON form.");
        }

        writer.WriteEndObject();
    }

    public static Expr Read(JsonElement element, string path, int depth = 0)
    {
        if (depth > MaxDepth)
            throw new SuiteFormatException(path, $"the expression is more than {MaxDepth} levels deep.");
        var reader = new RuleReader(element, path);
        var expression = ReadOne(reader, path, depth);
        reader.Done();
        return expression;
    }

    private static Expr ReadOne(RuleReader reader, string path, int depth)
    {
        if (reader.OptionalText("col") is { } column)
            return new ColumnExpr(column);
        if (reader.Has("lit"))
            return new LiteralExpr(ExprLiteral.Read(reader));
        try
        {
            if (reader.OptionalText("param") is { } parameter)
                return new ParameterExpr(parameter);
            if (reader.OptionalText("call") is { } function)
                return new CallExpr(function, [.. (reader.Items("args") ?? []).Select((a, i) => Read(a, $"{path}.args[{i}]", depth + 1))]);
        }
        catch (ArgumentException error)
        {
            throw new SuiteFormatException(path, RuleText.Reason(error), error);
        }

        if (reader.Find("cast") is { } operand)
            return new CastExpr(Read(operand, $"{path}.cast", depth + 1), TypeOf(reader.Text("to"), path), reader.Flag("try"));
        throw new SuiteFormatException(path, "an expression is wanted: col, lit, call, cast or param.");
    }

    private static IArrowType TypeOf(string name, string path)
    {
        var (bare, inside) = name.IndexOfAny(['[', '(']) is >= 0 and var at ? (name[..at], name[(at + 1)..^1].Split(',', StringSplitOptions.TrimEntries)) : (name, []);
        IArrowType? type = (bare, inside.Length) switch
        {
            ("bool", 0) => BooleanType.Default,
            ("int8", 0) => Int8Type.Default,
            ("int16", 0) => Int16Type.Default,
            ("int32", 0) => Int32Type.Default,
            ("int64", 0) => Int64Type.Default,
            ("uint8", 0) => UInt8Type.Default,
            ("uint16", 0) => UInt16Type.Default,
            ("uint32", 0) => UInt32Type.Default,
            ("uint64", 0) => UInt64Type.Default,
            ("halffloat", 0) => HalfFloatType.Default,
            ("float", 0) => FloatType.Default,
            ("double", 0) => DoubleType.Default,
            ("utf8", 0) => StringType.Default,
            ("binary", 0) => BinaryType.Default,
            ("date32", 0) => Date32Type.Default,
            ("date64", 0) => Date64Type.Default,
            ("time32", 1) when UnitOf(inside[0]) is { } unit => new Time32Type(unit),
            ("time64", 1) when UnitOf(inside[0]) is { } unit => new Time64Type(unit),
            ("duration", 1) when UnitOf(inside[0]) is { } unit => DurationType.FromTimeUnit(unit),
            ("timestamp", 1) when UnitOf(inside[0]) is { } unit => new TimestampType(unit, (string?)null),
            ("timestamp", 2) when UnitOf(inside[0]) is { } unit => new TimestampType(unit, inside[1]),
            ("decimal", 2) when int.TryParse(inside[0], CultureInfo.InvariantCulture, out var precision) && int.TryParse(inside[1], CultureInfo.InvariantCulture, out var scale) =>
                new Decimal128Type(precision, scale),
            _ => null,
        };
        return type ?? throw new SuiteFormatException($"{path}.to", $"there is no type '{name}' to cast to.");
    }

    private static TimeUnit? UnitOf(string name) => name switch
    {
        "s" => TimeUnit.Second,
        "ms" => TimeUnit.Millisecond,
        "us" => TimeUnit.Microsecond,
        "ns" => TimeUnit.Nanosecond,
        _ => null,
    };
}
