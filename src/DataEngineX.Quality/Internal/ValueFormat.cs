using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>Single values in saved states, as they lie in memory: little-endian.</summary>
internal static class ValueFormat
{
    public static void Write<T>(BinaryWriter writer, T value)
        where T : unmanaged => writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public static T Read<T>(BinaryReader reader)
        where T : unmanaged => MemoryMarshal.Read<T>(StateFormat.Block(reader, Unsafe.SizeOf<T>()));

    /// <summary>Bytes behind their length; null as no length.</summary>
    public static void WriteBytes(BinaryWriter writer, byte[]? bytes)
    {
        writer.Write(bytes?.Length ?? -1);
        writer.Write(bytes ?? []);
    }

    public static byte[]? ReadBytes(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        return length < 0 ? null : StateFormat.Block(reader, length);
    }
}
