namespace DataEngineX.Quality;

/// <summary>A state that compares each row with the one before: merging decides the first row of what follows.</summary>
internal abstract class OrderedState : RuleState
{
    private readonly List<VerdictSample> _joints = [];

    /// <summary>The rows that merging has found to violate; given once.</summary>
    public IReadOnlyList<VerdictSample> TakeJoints()
    {
        VerdictSample[] taken = [.. _joints];
        _joints.Clear();
        return taken;
    }

    protected void AddJoint(VerdictSample row) => _joints.Add(row);
}
