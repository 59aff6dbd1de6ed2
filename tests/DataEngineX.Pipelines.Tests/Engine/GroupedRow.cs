namespace DataEngineX.Pipelines.Tests.Engine;

public sealed record GroupedRow(int Row, string? Text, int? Small, long? Wide, double? Real, bool? Flag, DateOnly? Day, string? Value);
