using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DataEngineX.Quality;

/// <summary>States as JSON: their kind, the version of their form, and the bytes of the state in base 64.</summary>
internal static class StateFormat
{
    public const int Version = 1;

    public static byte[] Bytes(Action<BinaryWriter> save)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
            save(writer);
        return memory.ToArray();
    }

    public static string Write(string kind, Action<BinaryWriter> save)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", kind);
            writer.WriteNumber("version", Version);
            writer.WriteBase64String("state", Bytes(save));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="FormatException">The text is no state of this kind and of a version known here.</exception>
    public static T Read<T>(string json, string kind, Func<BinaryReader, T> load)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Guard(kind, () =>
        {
            using var document = JsonDocument.Parse(json);
            CheckHeader(document.RootElement, kind);
            return Load(document.RootElement.GetProperty("state").GetBytesFromBase64(), load);
        });
    }

    public static void CheckHeader(JsonElement root, string kind)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("kind", out var found) || found.GetString() != kind)
            throw new FormatException($"The text is no {kind}: \"kind\" must be \"{kind}\".");
        var version = root.GetProperty("version").GetInt32();
        if (version != Version)
            throw new FormatException($"The {kind} has version {version}; this program reads version {Version}.");
    }

    /// <summary>Whatever damaged text leads to becomes one kind of error.</summary>
    public static T Guard<T>(string kind, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException or KeyNotFoundException or InvalidOperationException
            or ArgumentException or IOException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException($"The {kind} cannot be read: {e.Message}", e);
        }
    }

    public static T Load<T>(byte[] bytes, Func<BinaryReader, T> load)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var state = load(reader);
        if (reader.BaseStream.Position != bytes.Length)
            throw new FormatException($"The state ends {bytes.Length - reader.BaseStream.Position} bytes too late.");
        return state;
    }

    /// <summary>A number of things that is not negative.</summary>
    public static long Count(BinaryReader reader)
    {
        var count = reader.ReadInt64();
        return count >= 0 ? count : throw new FormatException($"The state holds a count of {count}.");
    }

    /// <summary>The length of an array, before anything of that length is allocated.</summary>
    public static int Length(BinaryReader reader, int most)
    {
        var length = reader.Read7BitEncodedInt();
        return length >= 0 && length <= most ? length : throw new FormatException($"The state holds {length} items where at most {most} can be.");
    }

    public static byte[] Block(BinaryReader reader, int length)
    {
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
