namespace DataEngineX;

/// <summary>A lease held.</summary>
/// <param name="Name">What is leased.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Token">The fencing token, greater than that of every lease of this name before.</param>
/// <param name="ExpiresAt">When it ends without renewal, by the store's clock.</param>
public sealed record Lease(string Name, string Owner, long Token, DateTimeOffset ExpiresAt);
