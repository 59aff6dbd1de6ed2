namespace DataEngineX.AspNetCore;

/// <summary>The main part of the status page.</summary>
/// <param name="Html">The element <c>main</c>.</param>
/// <param name="ETag">Changes when the content does.</param>
internal sealed record StatusFragment(string Html, string ETag);
