namespace DataEngineX.Pipelines;

/// <summary>Where the rows of one key stand, in the order of their times.</summary>
internal struct AsOfGroup
{
    public int Start;

    public int Length;
}
