namespace DataEngineX.Pipelines.Tests.Joins;

public sealed class JoinRow
{
    public int? Whole { get; set; }

    public string? Text { get; set; }

    public double? Real { get; set; }

    public int Number { get; set; }

    public string? Name { get; set; }
}
