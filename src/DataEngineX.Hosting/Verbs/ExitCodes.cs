namespace DataEngineX.Hosting.Verbs;

/// <summary>What a host's process ends with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;
}
