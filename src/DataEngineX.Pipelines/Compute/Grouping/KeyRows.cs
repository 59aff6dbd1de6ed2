using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Compute;

/// <summary>Moves packed keys.</summary>
internal static class KeyRows
{
    /// <summary>Collects keys by row.</summary>
    public static void Gather(ReadOnlySpan<ulong> rows, int words, ReadOnlySpan<int> order, Span<ulong> target)
    {
        // No bounds checks: the order lists rows, and the target has room for each.
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var to = ref MemoryMarshal.GetReference(target);
        foreach (var row in order)
        {
            ref var from = ref Unsafe.Add(ref source, (nint)row * words);
            for (var w = 0; w < words; w++)
                Unsafe.Add(ref to, w) = Unsafe.Add(ref from, w);
            to = ref Unsafe.Add(ref to, words);
        }
    }
}
