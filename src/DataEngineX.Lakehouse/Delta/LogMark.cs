using System.IO.Hashing;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// A short text by which an entry of a log is told from the entry of the same version of another log at the same place. Entries never change, and their beginnings tell
/// who made them and when, or the name of a file that nobody else has made.
/// </summary>
internal static class LogMark
{
    /// <summary>How much of an entry is looked at: some are large.</summary>
    internal const int Bytes = 4096;

    internal static string Of(ReadOnlySpan<byte> entry) => Convert.ToHexStringLower(XxHash128.Hash(entry[..Math.Min(entry.Length, Bytes)]));
}
