namespace DataEngineX;

/// <summary>A target that failed while it was asked or written: a database, a folder.</summary>
public class TargetFailedException : DataEngineXException
{
    private readonly bool _isTransient;

    /// <summary>Creates the error.</summary>
    /// <param name="target">The dataset written.</param>
    /// <param name="reason">What went wrong; never with a password or a key in it.</param>
    /// <param name="isTransient">Whether the same write may succeed when tried again.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public TargetFailedException(DatasetId target, string reason, bool isTransient, Exception? innerException = null)
        : base($"{target}: {reason}", innerException)
    {
        Target = target;
        Reason = reason;
        _isTransient = isTransient;
    }

    /// <summary>The dataset written.</summary>
    public DatasetId Target { get; }

    /// <summary>What went wrong, in one sentence.</summary>
    public string Reason { get; }

    /// <inheritdoc/>
    public override bool IsTransient => _isTransient;
}
