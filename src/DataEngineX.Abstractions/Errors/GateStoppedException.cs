namespace DataEngineX;

/// <summary>A gate kept a run from publishing: a failed verdict was severe enough to stop it.</summary>
public class GateStoppedException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="verdicts">The verdicts that stopped the run; at least one.</param>
    public GateStoppedException(IReadOnlyList<Verdict> verdicts)
        : base(Compose(verdicts)) => Verdicts = verdicts;

    /// <summary>The verdicts that stopped the run.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }

    private static string Compose(IReadOnlyList<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        return "Stopped before publication: " + string.Join("; ", verdicts.Select(v => v.ToString()));
    }
}
