namespace DataEngineX.Quality;

/// <summary>A state that remembers nothing of the rows it saw: there is nothing to merge or to save.</summary>
internal abstract class StatelessState : RuleState
{
    public override void Merge(RuleState other, long rowsBefore)
    {
    }

    public override void Save(BinaryWriter writer)
    {
    }

    public override void Load(BinaryReader reader)
    {
    }
}
