namespace DataEngineX.Pipelines.Tests.Windowing;

/// <summary>A row for windows: a partition, order keys of three types, and values.</summary>
public sealed record WindowRow(string? Part, DateTime? At, double? Real, long? Whole, int? Number, double? Value, string? Text, int Id)
{
    /// <summary>Random rows: few keys with ties, one in ten null, and now and then NaN and infinities.</summary>
    public static WindowRow[] Random(int seed, int rows, int partitions)
    {
        var random = new Random(seed);
        var start = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        return [.. Enumerable.Range(0, rows).Select(i => new WindowRow(
            random.Next(8) == 0 && partitions > 1 ? null : "p" + random.Next(partitions),
            random.Next(10) == 0 ? null : start.AddMinutes(random.Next(rows) * 10),
            random.Next(10) == 0 ? null : Odd(random, random.Next(rows) / 4.0),
            random.Next(10) == 0 ? null : random.Next(rows) - (rows / 2),
            random.Next(10) == 0 ? null : random.Next(-1000, 1000),
            random.Next(10) == 0 ? null : Odd(random, random.NextDouble() * 100),
            random.Next(10) == 0 ? null : "t" + random.Next(50),
            i))];
    }

    private static double Odd(Random random, double value) => random.Next(40) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        _ => value,
    };
}
