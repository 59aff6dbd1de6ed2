using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Compute;

/// <summary>Whether a later value takes the place of the one a group holds.</summary>
internal interface IPickOp
{
    static abstract bool Replaces<T>(T current, T candidate)
        where T : INumber<T>;

    /// <summary>The same from how the candidate compares with the current value; unused by those that do not compare.</summary>
    static abstract bool Replaces(ReadOnlySpan<byte> current, ReadOnlySpan<byte> candidate);
}

internal readonly struct MinOp : IPickOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Replaces<T>(T current, T candidate)
        where T : INumber<T> => candidate < current || (T.IsNaN(current) && !T.IsNaN(candidate));

    public static bool Replaces(ReadOnlySpan<byte> current, ReadOnlySpan<byte> candidate) => candidate.SequenceCompareTo(current) < 0;
}

internal readonly struct MaxOp : IPickOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Replaces<T>(T current, T candidate)
        where T : INumber<T> => candidate > current || (T.IsNaN(candidate) && !T.IsNaN(current));

    public static bool Replaces(ReadOnlySpan<byte> current, ReadOnlySpan<byte> candidate) => candidate.SequenceCompareTo(current) > 0;
}
