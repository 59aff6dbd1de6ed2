namespace DataEngineX.AspNetCore;

/// <summary>A column of another table that would change.</summary>
/// <param name="Pipeline">The pipeline that writes it.</param>
/// <param name="Dataset">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Because">Why.</param>
/// <param name="Broken">Whether the pipeline would not bind any more.</param>
internal sealed record DownstreamColumnDto(string Pipeline, string Dataset, string Column, string Because, bool Broken);
