namespace LakehouseExplorer;

/// <summary>A question was not understood.</summary>
/// <param name="message">What of it.</param>
public sealed class UsageException(string message) : Exception(message);
