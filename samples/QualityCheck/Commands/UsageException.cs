namespace QualityCheck.Commands;

/// <summary>The program was called in a way that makes no sense; the message says what is wrong.</summary>
/// <param name="message">What is wrong.</param>
public sealed class UsageException(string message) : Exception(message);
