namespace DataEngineX;

/// <summary>Aliases with a meaning.</summary>
public static class ModelAliases
{
    /// <summary>The version that serves.</summary>
    public const string Champion = "champion";

    /// <summary>The version that might take over.</summary>
    public const string Challenger = "challenger";
}
