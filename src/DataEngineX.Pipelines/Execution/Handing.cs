using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Hands over what its reader disposes.</summary>
internal static class Handing
{
    /// <summary>Takes a stream out of its place, which no longer disposes it.</summary>
    public static BatchStream Over(ref BatchStream? stream)
    {
        var handed = stream!;
        stream = null;
        return handed;
    }
}
