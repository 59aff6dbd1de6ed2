using System.Numerics;
using System.Runtime.Intrinsics;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Finds where plain values end.</summary>
internal static class JsonPlainValues
{
    /// <summary>The length of a text up to its closing quote; negative when an escape, a byte that must be escaped, or no quote comes first.</summary>
    internal static int TextLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(text.Slice(at, Vector128<byte>.Count));
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            var mask = special.ExtractMostSignificantBits();
            if (mask != 0)
                return At(text, at + BitOperations.TrailingZeroCount(mask));
        }

        for (; at < text.Length; at++)
        {
            if (text[at] is (byte)'"' or (byte)'\\' or < (byte)' ')
                return At(text, at);
        }

        return -1;
    }

    /// <summary>The length of a number without an exponent; negative when there is none.</summary>
    internal static int NumberLength(ReadOnlySpan<byte> text)
    {
        var at = text[0] == '-' ? 1 : 0;
        var start = at;
        at = EndOfDigits(text, at);
        if (at == start || (text[start] == '0' && at > start + 1))
            return -1;
        if (at >= text.Length || text[at] != '.')
            return at;
        start = at + 1;
        at = EndOfDigits(text, start);
        return at == start ? -1 : at;
    }

    private static int At(ReadOnlySpan<byte> text, int place) => text[place] == '"' ? place : -1;

    private static int EndOfDigits(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
            at++;
        return at;
    }
}
