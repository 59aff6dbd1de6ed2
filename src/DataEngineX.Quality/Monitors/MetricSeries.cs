using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>Series as lists and as text.</summary>
internal static class MetricSeries
{
    private const string Kind = "metric_series";

    /// <summary>The points with one more, in order of time; of too many the newest.</summary>
    public static IReadOnlyList<MetricPoint> With(IReadOnlyList<MetricPoint> points, MetricPoint point, int most)
    {
        // Nearly always the new point is the newest.
        var result = new List<MetricPoint>(points.Count + 1);
        result.AddRange(points.Where(p => p.At != point.At || p.RunId != point.RunId));
        var at = result.Count;
        while (at > 0 && result[at - 1].At > point.At)
            at--;
        result.Insert(at, point);
        if (result.Count > most)
            result.RemoveRange(0, result.Count - most);
        return result;
    }

    public static string Write(IReadOnlyList<MetricPoint> points)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteNumber("version", StateFormat.Version);
            writer.WriteStartArray("points");
            foreach (var point in points)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(point.At.UtcTicks);
                if (double.IsFinite(point.Value))
                    writer.WriteNumberValue(point.Value);
                else
                    writer.WriteStringValue(point.Value.ToString(CultureInfo.InvariantCulture));
                if (point.RunId is not null)
                    writer.WriteStringValue(point.RunId);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="FormatException">The text is no series.</exception>
    public static IReadOnlyList<MetricPoint> Read(string json) => StateFormat.Guard(Kind, () =>
    {
        using var document = JsonDocument.Parse(json);
        StateFormat.CheckHeader(document.RootElement, Kind);
        return (IReadOnlyList<MetricPoint>)[.. document.RootElement.GetProperty("points").EnumerateArray().Select(p => new MetricPoint(
            new DateTimeOffset(p[0].GetInt64(), TimeSpan.Zero),
            p[1].ValueKind == JsonValueKind.Number ? p[1].GetDouble() : double.Parse(p[1].GetString()!, CultureInfo.InvariantCulture),
            p.GetArrayLength() > 2 ? p[2].GetString() : null))];
    });
}
