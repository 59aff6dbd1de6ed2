using System.Globalization;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>The argument <c>parse_strings_as_datetimes</c>: texts, those of the column and those among the arguments, are dates and times.</summary>
internal static class TimeArguments
{
    private const string Name = "parse_strings_as_datetimes";

    private static readonly string[] Values = ["min_value", "max_value", "value_set", "value_pairs_set"];

    /// <summary>Whether the argument is there and true.</summary>
    public static bool Has(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(Name, out var flag) && flag.ValueKind == JsonValueKind.True;

    /// <summary>The arguments without it, texts that are values being ISO 8601.</summary>
    /// <exception cref="FormatException">A text says no date.</exception>
    public static JsonElement Read(JsonElement arguments)
    {
        using var read = JsonDocument.Parse(CellText.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var argument in arguments.EnumerateObject().Where(a => a.Name != Name))
            {
                writer.WritePropertyName(argument.Name);
                if (Values.Contains(argument.Name))
                    Write(writer, argument.Value, argument.Name);
                else
                    argument.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }));
        return read.RootElement.Clone();
    }

    /// <summary>The rule on the times that texts say.</summary>
    /// <exception cref="FormatException">The rule looks at no values that could be times.</exception>
    public static Rule Wrap(Rule rule) => rule is BetweenRule or InSetRule or DirectionRule or UniqueRule or PairRule or PairInSetRule or DistinctValuesRule
        or MostCommonRule or AggregateRule { Aggregate: ColumnAggregate.Min or ColumnAggregate.Max or ColumnAggregate.DistinctCount or ColumnAggregate.DistinctShare }
        ? new TextTimesRule(rule)
        : throw new FormatException($"{Name} has no meaning for this expectation.");

    private static void Write(Utf8JsonWriter writer, JsonElement value, string argument)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, argument);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when TimeText.TryRead(value.GetString(), out var time):
                writer.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.String:
                throw new FormatException($"{argument}: '{value.GetString()}' cannot be read as a date or time.");
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
