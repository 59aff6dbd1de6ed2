namespace DataEngineX.Pipelines.Tests.Joins;

public sealed class AsOfRow
{
    public int? Whole { get; set; }

    public string? Text { get; set; }

    public double? KeyReal { get; set; }

    public int? Tick { get; set; }

    public ulong? Wide { get; set; }

    public double? Real { get; set; }

    public decimal? Exact { get; set; }

    public DateTimeOffset? At { get; set; }

    public DateOnly? Day { get; set; }

    public int Number { get; set; }

    public string? Name { get; set; }
}
