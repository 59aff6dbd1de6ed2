namespace DataEngineX.Quality;

/// <summary>A row that a rule cannot read.</summary>
/// <param name="message">What is wrong with it; <see cref="LowestFault.Number"/> stands for its number.</param>
/// <param name="row">Its number in the stream.</param>
internal sealed class RowFault(string message, long row) : FormatException(message)
{
    public long Row => row;
}
