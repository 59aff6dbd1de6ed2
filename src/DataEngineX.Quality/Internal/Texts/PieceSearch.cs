using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DataEngineX.Quality;

/// <summary>A short piece anywhere in a text: what <c>LIKE '%piece%'</c> asks.</summary>
internal readonly struct PieceSearch(byte[] piece) : ITextTest
{
    /// <summary>The most bytes of a piece that is looked for at all places at once.</summary>
    public const int Most = 8;

    public bool Holds(ReadOnlySpan<byte> text) => text.IndexOf(piece) >= 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(Vector256<byte> bytes, ReadOnlySpan<byte> text)
    {
        var last = text.Length - piece.Length;
        if (last < 0)
            return false;
        var places = (uint)((2UL << last) - 1);
        for (var i = 0; i < piece.Length; i++)
            places &= Vector256.Equals(bytes, Vector256.Create(piece[i])).ExtractMostSignificantBits() >> i;
        return places != 0;
    }
}
