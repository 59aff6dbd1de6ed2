namespace DataEngineX.Testing;

/// <summary>Rules that a test expects to hold do not. The message says which, with counts and the first rows, in fewer than 20 lines.</summary>
public sealed class QualityAssertException : Exception
{
    internal QualityAssertException(string message, IReadOnlyList<Verdict> verdicts)
        : base(message) => Verdicts = verdicts;

    /// <summary>The verdicts that did not pass, in the order of the rules.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }
}
