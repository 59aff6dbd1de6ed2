namespace DataEngineX.Pipelines;

/// <summary>Where an output column of a join comes from.</summary>
/// <param name="Left">The column of the left side, or -1.</param>
/// <param name="Right">The column of the right side, or -1; with both it is a key that either side can give.</param>
internal readonly record struct JoinColumn(int Left, int Right);
