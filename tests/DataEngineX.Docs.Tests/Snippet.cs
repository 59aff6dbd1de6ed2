namespace DataEngineX.Docs.Tests;

/// <summary>One csharp block of a page.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The 1-based line of its first line of code.</param>
/// <param name="Code">The code.</param>
public sealed record Snippet(string Page, int Line, string Code)
{
    public override string ToString() => $"{Page}:{Line}";
}
