namespace DataEngineX;

/// <summary>The root of every error that DataEngineX raises for reasons other than misuse of an argument.</summary>
public class DataEngineXException : Exception
{
    /// <summary>Creates the error.</summary>
    public DataEngineXException()
    {
    }

    /// <summary>Creates the error with a message that names the thing and what to do.</summary>
    /// <param name="message">The message.</param>
    public DataEngineXException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public DataEngineXException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the same work may succeed when tried again without a change. <value>Default: false.</value></summary>
    public virtual bool IsTransient => false;
}
