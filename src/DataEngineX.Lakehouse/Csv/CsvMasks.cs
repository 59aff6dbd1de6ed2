using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Where the marks of a dialect stand in 64 bytes: a bit a byte, the first byte lowest.</summary>
internal readonly struct CsvMasks
{
    internal readonly ulong Separator;
    internal readonly ulong LineFeed;
    internal readonly ulong Return;
    internal readonly ulong Quote;
    internal readonly ulong Comment;

    /// <summary>Looks at 64 bytes, of which those in <paramref name="valid"/> count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe CsvMasks(byte* text, CsvDialect dialect, ulong valid)
    {
        var low = Vector256.Load(text);
        var high = Vector256.Load(text + 32);
        Separator = Bits(low, high, dialect.Separator) & valid;
        LineFeed = Bits(low, high, (byte)'\n') & valid;
        Return = Bits(low, high, (byte)'\r') & valid;
        Quote = Bits(low, high, dialect.Quote) & valid;
        Comment = dialect.HasComments ? Bits(low, high, dialect.Comment) & valid : 0;
    }

    /// <summary>For each bit whether an odd number of bits stands at or below it: the bytes from an opening quote to before its closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Odd(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector256<byte> low, Vector256<byte> high, byte mark)
    {
        var wanted = Vector256.Create(mark);
        return Vector256.Equals(low, wanted).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32);
    }
}
