using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Writes the levels of a page, behind their length.</summary>
internal static class LevelWriter
{
    internal static void Write(ByteSink sink, ReadOnlySpan<byte> levels, int most)
    {
        var at = sink.Length;
        sink.WriteInt(0);
        if (levels.IndexOfAnyExcept(levels[0]) < 0)
            HybridEncoder.WriteRepeated(sink, levels[0], levels.Length, HybridEncoder.BitsOf(most));
        else if (most == 1)
            WriteBits(sink, levels);
        else
            WriteNumbers(sink, levels, most);
        sink.SetInt(at, sink.Length - at - sizeof(int));
    }

    private static void WriteBits(ByteSink sink, ReadOnlySpan<byte> levels)
    {
        using var bits = new PooledBytes();
        var bytes = (levels.Length + 7) / 8;
        var bitmap = bits.Take(bytes).AsSpan(0, bytes);
        bitmap.Clear();
        for (var i = 0; i < levels.Length; i++)
            bitmap[i >> 3] |= (byte)(levels[i] << (i & 7));
        HybridEncoder.WriteBits(sink, bitmap, levels.Length);
    }

    private static void WriteNumbers(ByteSink sink, ReadOnlySpan<byte> levels, int most)
    {
        using var pooled = new PooledBytes();
        var numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(
            pooled.Take(checked(levels.Length * sizeof(int))).AsSpan())[..levels.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = levels[i];
        HybridEncoder.Write(sink, numbers, HybridEncoder.BitsOf(most));
    }
}
