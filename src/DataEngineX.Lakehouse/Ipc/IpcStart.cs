using System.Buffers.Binary;

namespace DataEngineX.Lakehouse.Ipc;

/// <summary>What the first message of an Arrow file says that the library passes over.</summary>
/// <remarks>
/// A message is a table of FlatBuffers: the position of the root, there the distance back to a list of the places of its fields. The schema's
/// first field tells the order of bytes, 0 and absent for little-endian. Source: the Arrow columnar format, Message.fbs and Schema.fbs.
/// </remarks>
internal static class IpcStart
{
    /// <summary>As many bytes of a file as are looked at; the tables stand in front of the names and types.</summary>
    public const int Bytes = 1 << 16;

    private const int HeaderField = 2;
    private const int EndiannessField = 0;

    /// <summary>What a file begins with, and a stream does not.</summary>
    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Whether the schema says that numbers are big-endian; false where that cannot be seen.</summary>
    public static bool IsBigEndian(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Magic))
            start = start[8..];
        if (start.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(start) == -1)
            start = start[4..];
        if (start.Length < 8)
            return false;
        var message = start[4..];
        return TryFollow(message, 0, out var root) && TryField(message, root, HeaderField, out var at) && TryFollow(message, at, out var schema)
            && TryField(message, schema, EndiannessField, out var order) && order + 2 <= message.Length
            && BinaryPrimitives.ReadInt16LittleEndian(message[order..]) != 0;
    }

    private static bool TryFollow(ReadOnlySpan<byte> message, int at, out int target)
    {
        target = -1;
        if (at + 4 > message.Length)
            return false;
        var distance = BinaryPrimitives.ReadUInt32LittleEndian(message[at..]);
        if (distance > message.Length - at - 4)
            return false;
        target = at + (int)distance;
        return true;
    }

    /// <summary>Where a field of a table lies; false when it is absent.</summary>
    private static bool TryField(ReadOnlySpan<byte> message, int table, int field, out int at)
    {
        at = -1;
        var places = (long)table - BinaryPrimitives.ReadInt32LittleEndian(message[table..]);
        if (places < 0 || places + 4 + (2 * field) + 2 > message.Length)
            return false;
        var list = message[(int)places..];
        if (BinaryPrimitives.ReadUInt16LittleEndian(list) < 4 + (2 * field) + 2)
            return false;
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(list[(4 + (2 * field))..]);
        at = table + offset;
        return offset != 0 && at < message.Length;
    }
}
