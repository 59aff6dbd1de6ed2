namespace DataEngineX.Pipelines;

/// <summary>A column of another table that would change because of what a run changes.</summary>
/// <param name="Pipeline">The pipeline that writes it.</param>
/// <param name="Dataset">The table.</param>
/// <param name="Column">The column; <c>*</c> for all, where the pipeline would not bind any more.</param>
/// <param name="Because">Why, in one sentence.</param>
/// <param name="IsBroken">Whether the pipeline would not bind any more.</param>
public sealed record DownstreamColumn(string Pipeline, DatasetId Dataset, string Column, string Because, bool IsBroken);
