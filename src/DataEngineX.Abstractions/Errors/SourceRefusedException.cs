namespace DataEngineX;

/// <summary>A file or other input that was refused whole; none of its rows were yielded.</summary>
public class SourceRefusedException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="source">The file or other input.</param>
    /// <param name="reason">Why, in one sentence.</param>
    /// <param name="line">The 1-based line, when there is one.</param>
    public SourceRefusedException(string source, string reason, long? line = null)
        : base(line is null ? $"{source}: {reason}" : $"{source}, line {line}: {reason}")
    {
        SourceName = source;
        Reason = reason;
        Line = line;
    }

    /// <summary>The file or other input.</summary>
    public string SourceName { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>The 1-based line, when there is one.</summary>
    public long? Line { get; }

    /// <summary>Whether it stands in the quarantine of the run, from where a replay reads it again. <value>Default: false.</value></summary>
    public bool IsSetAside { get; init; }
}
