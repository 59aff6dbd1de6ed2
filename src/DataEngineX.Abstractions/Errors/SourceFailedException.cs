namespace DataEngineX;

/// <summary>A source that failed while it was asked or read: a server, a database, a stream of rows.</summary>
public class SourceFailedException : DataEngineXException
{
    private readonly bool _isTransient;

    /// <summary>Creates the error.</summary>
    /// <param name="source">What was read; never with a password or a key in it.</param>
    /// <param name="reason">What went wrong, with the place: page, chunk or row.</param>
    /// <param name="isTransient">Whether the same read may succeed when tried again.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public SourceFailedException(string source, string reason, bool isTransient, Exception? innerException = null)
        : base($"{source}: {reason}", innerException)
    {
        SourceName = source;
        Reason = reason;
        _isTransient = isTransient;
    }

    /// <summary>What was read.</summary>
    public string SourceName { get; }

    /// <summary>What went wrong, in one sentence.</summary>
    public string Reason { get; }

    /// <inheritdoc/>
    public override bool IsTransient => _isTransient;
}
