using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Benchmarks.Data;

/// <summary>
/// Hourly weather of 413 stations in order of time: temperature with season, hour and noise, humidity, pressure and a quality flag;
/// 1 % of the temperatures is missing.
/// </summary>
internal sealed class WeatherTable(long rows) : DataTable($"weather_{rows}", rows, Columns)
{
    private const long HourMicros = 3_600_000_000;
    private static readonly long Start = new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
    private static readonly TimestampType Instant = new(TimeUnit.Microsecond, (string?)null);
    private static readonly string[] Flags = ["good", "good", "good", "good", "good", "good", "estimated", "suspect"];
    private readonly Stations _stations = Stations.Few();

    public static Schema Columns { get; } = new(
        [
            new Field("station", StringType.Default, nullable: true),
            new Field("observed_at", Instant, nullable: true),
            new Field("temp_c", DoubleType.Default, nullable: true),
            new Field("humidity", Int32Type.Default, nullable: true),
            new Field("pressure", DoubleType.Default, nullable: true),
            new Field("quality", StringType.Default, nullable: true),
        ],
        null);

    protected override IArrowArray Column(int index, long start, int count)
    {
        var random = new CounterRandom("weather", Columns.GetFieldByIndex(index).Name);
        return index switch
        {
            0 => ColumnMaker.Texts(start, count, 64, (r, target) => Copy(_stations.Utf8[r % _stations.Utf8.Length], target)),
            1 => ColumnMaker.Timestamps(Instant, start, count, r => Start + (Hour(r) * HourMicros)),
            2 => ColumnMaker.Doubles(start, count, r => random.Below(100, r, 2) == 0 ? null : Math.Round(Temperature(r, random) * 10) / 10),
            3 => ColumnMaker.Integers(start, count, r => 20 + (int)random.Below(81, r)),
            4 => ColumnMaker.Doubles(start, count, r => (9_800 + random.Below(500, r)) / 10.0),
            _ => ColumnMaker.Texts(start, count, 16, (r, target) => Copy(System.Text.Encoding.UTF8.GetBytes(Flags[random.Below(Flags.Length, r)]), target)),
        };
    }

    private long Hour(long row) => row / _stations.Utf8.Length;

    private double Temperature(long row, CounterRandom random)
    {
        var hour = Hour(row);
        var season = 12 * Math.Sin(2 * Math.PI * ((hour / 24.0) - 100) / 365.25);
        return _stations.Means[row % _stations.Means.Length] + season + (5 * Math.Sin(2 * Math.PI * ((hour % 24) - 9) / 24.0)) + (2 * random.Normal(row));
    }

    private static int Copy(byte[] text, Span<byte> target)
    {
        text.CopyTo(target);
        return text.Length;
    }
}
