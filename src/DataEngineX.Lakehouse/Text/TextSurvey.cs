using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace DataEngineX.Lakehouse.Text;

/// <summary>What a run of bytes holds, found in one pass: whether all is ASCII, and whether quotes, carriage returns or NUL bytes occur.</summary>
internal readonly record struct TextSurvey(bool IsAscii, bool HasNul, bool HasReturn, bool HasQuote)
{
    internal static TextSurvey Of(ReadOnlySpan<byte> text, byte quote)
    {
        if (text.Length < Vector256<byte>.Count)
            return new(Ascii.IsValid(text), text.Contains((byte)0), text.Contains((byte)'\r'), text.Contains(quote));
        Vector256<byte> high = default, nul = default, returns = default, quotes = default;
        var quoteByte = Vector256.Create(quote);
        var returnByte = Vector256.Create((byte)'\r');
        ref var first = ref MemoryMarshal.GetReference(text);
        for (var at = 0; ; at += Vector256<byte>.Count)
        {
            // The last vector ends with the text and may overlap the one before: every byte only has to be seen.
            var last = text.Length - Vector256<byte>.Count;
            var bytes = Vector256.LoadUnsafe(ref first, (nuint)Math.Min(at, last));
            high |= bytes;
            nul |= Vector256.Equals(bytes, Vector256<byte>.Zero);
            returns |= Vector256.Equals(bytes, returnByte);
            quotes |= Vector256.Equals(bytes, quoteByte);
            if (at >= last)
                break;
        }

        return new(high.ExtractMostSignificantBits() == 0, nul != default, returns != default, quotes != default);
    }

    public static TextSurvey operator |(TextSurvey a, TextSurvey b) =>
        new(a.IsAscii && b.IsAscii, a.HasNul || b.HasNul, a.HasReturn || b.HasReturn, a.HasQuote || b.HasQuote);

    internal static TextSurvey Nothing { get; } = new(true, false, false, false);

    /// <summary>Refuses text that is binary or not UTF-8.</summary>
    internal void Check(string name, ReadOnlySpan<byte> text, long firstLine)
    {
        var nul = HasNul ? text.IndexOf((byte)0) : -1;
        if (nul >= 0)
            throw new SourceRefusedException(name, "it holds NUL bytes, so it is not a text file", firstLine + TextLines.Count(text[..nul]));

        if (IsAscii || Utf8.IsValid(text))
            return;
        var good = 0;
        while (Rune.DecodeFromUtf8(text[good..], out _, out var used) == System.Buffers.OperationStatus.Done)
            good += used;
        throw new SourceRefusedException(
            name, $"byte 0x{text[good]:X2} is not valid UTF-8; set Encoding if it is another one", firstLine + TextLines.Count(text[..good]));
    }
}
