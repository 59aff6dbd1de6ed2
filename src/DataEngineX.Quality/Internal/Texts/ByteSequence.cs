using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace DataEngineX.Quality;

/// <summary>
/// A pattern that stands for texts of one length, such as <c>^[A-Z]{2}-\d{4}$</c>: a set of characters for each place, compared with all places of a
/// text at once. A text that does not match and holds characters beyond ASCII is left to the regular expression.
/// </summary>
internal readonly struct ByteSequence : ITextTest
{
    /// <summary>The most ranges a set may consist of.</summary>
    private const int MostRanges = 4;

    private readonly TextRows.ByteTest _decoded;
    private readonly Vector256<byte>[] _lows;
    private readonly Vector256<byte>[] _widths;
    private readonly uint _places;
    private readonly int _length;
    private readonly bool _allowsBreak;

    private ByteSequence(Vector256<byte>[] lows, Vector256<byte>[] widths, int length, bool allowsBreak, TextRows.ByteTest decoded)
    {
        (_lows, _widths, _length, _allowsBreak, _decoded) = (lows, widths, length, allowsBreak, decoded);
        _places = Places(length);
    }

    /// <summary>Makes one of a pattern; null where the pattern is none of these.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="decoded">The pattern itself, for what is not ASCII.</param>
    public static ByteSequence? TryMake(AsciiPatternTree pattern, TextRows.ByteTest decoded)
    {
        var sets = new List<UInt128>();
        if (!pattern.AtStart || pattern.End == PatternEnd.None || !TryAdd(pattern.Root, sets))
            return null;
        var ranges = sets.ConvertAll(RangesOf);
        var most = Math.Max(1, ranges.Select(r => r.Count).DefaultIfEmpty().Max());
        if (most > MostRanges)
            return null;
        var (lows, widths) = (new Vector256<byte>[most], new Vector256<byte>[most]);
        for (var r = 0; r < most; r++)
        {
            for (var i = 0; i < ranges.Count; i++)
            {
                // A set of fewer ranges has its last one again; one of none holds no byte of a text of ASCII.
                var (low, high) = ranges[i].Count == 0 ? (255, 255) : ranges[i][Math.Min(r, ranges[i].Count - 1)];
                lows[r] = lows[r].WithElement(i, (byte)low);
                widths[r] = widths[r].WithElement(i, (byte)(high - low));
            }
        }

        return new ByteSequence(lows, widths, sets.Count, pattern.End == PatternEnd.BeforeLastBreak, decoded);
    }

    public bool Holds(ReadOnlySpan<byte> text)
    {
        if (text.Length > ITextTest.Short)
            return !Ascii.IsValid(text) && _decoded(text);
        Span<byte> padded = stackalloc byte[ITextTest.Short];
        padded.Clear();
        text.CopyTo(padded);
        return Holds(Vector256.Create<byte>(padded), text);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(Vector256<byte> bytes, ReadOnlySpan<byte> text)
    {
        if (text.Length == _length || (text.Length == _length + 1 && _allowsBreak && text[^1] == (byte)'\n'))
        {
            var found = Vector256<byte>.Zero;
            for (var r = 0; r < _lows.Length; r++)
            {
                var above = bytes - _lows[r];
                found |= Vector256.Equals(Vector256.Min(above, _widths[r]), above);
            }

            if ((~found.ExtractMostSignificantBits() & _places) == 0)
                return true;
        }

        return (bytes.ExtractMostSignificantBits() & Places(text.Length)) != 0 && _decoded(text);
    }

    private static uint Places(int length) => (uint)((1UL << length) - 1);

    /// <summary>Adds the sets of all places; false where the pattern has no fixed length, or one too large.</summary>
    private static bool TryAdd(AsciiPattern.Node node, List<UInt128> sets)
    {
        switch (node)
        {
            case AsciiPattern.OneOf one:
                sets.Add(one.Set);
                break;
            case AsciiPattern.Sequence sequence:
                return sequence.Items.All(item => TryAdd(item, sets));
            case AsciiPattern.Repeat repeat when repeat.Least == repeat.Most:
                for (var i = 0; i < repeat.Least; i++)
                {
                    if (!TryAdd(repeat.Item, sets))
                        return false;
                }

                break;
            default:
                return false;
        }

        // One less than a vector holds, so that a line break may stand behind.
        return sets.Count < ITextTest.Short;
    }

    private static List<(int Low, int High)> RangesOf(UInt128 set)
    {
        var ranges = new List<(int, int)>();
        for (var low = 0; low < 128; low++)
        {
            if (((set >> low) & UInt128.One) == UInt128.Zero)
                continue;
            var high = low;
            while (high < 127 && ((set >> (high + 1)) & UInt128.One) != UInt128.Zero)
                high++;
            ranges.Add((low, high));
            low = high;
        }

        return ranges;
    }
}
