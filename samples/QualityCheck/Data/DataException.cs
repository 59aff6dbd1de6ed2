namespace QualityCheck.Data;

/// <summary>The data cannot be read; the message names it and says why.</summary>
/// <param name="message">Why.</param>
public sealed class DataException(string message) : Exception(message);
