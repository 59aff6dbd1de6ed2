namespace DataEngineX.AspNetCore;

/// <summary>The authorization policies of the face. A host puts them on its own routes too: <c>RequireAuthorization(DataEngineXPolicies.Viewer)</c>.</summary>
public static class DataEngineXPolicies
{
    /// <summary>May read everything and ask models for scores. Whoever is operator is viewer too.</summary>
    public const string Viewer = "viewer";

    /// <summary>May start runs.</summary>
    public const string Operator = "operator";

    /// <summary>The authentication scheme that reads bearer tokens by <c>DataEngineX:Security</c>.</summary>
    public const string BearerScheme = "DataEngineX";
}
