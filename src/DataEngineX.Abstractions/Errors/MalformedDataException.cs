namespace DataEngineX;

/// <summary>A value that could not be read, converted or computed, with where it stands.</summary>
public class MalformedDataException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, naming column, value and expected type.</param>
    /// <param name="column">The column, when known.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public MalformedDataException(string message, string? column = null, Exception? innerException = null)
        : base(message, innerException) => Column = column;

    /// <summary>The column, when known.</summary>
    public string? Column { get; }
}
