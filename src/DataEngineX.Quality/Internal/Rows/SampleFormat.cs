using System.Text;

namespace DataEngineX.Quality;

/// <summary>Samples of verdicts as bytes.</summary>
internal static class SampleFormat
{
    public static void Save(BinaryWriter writer, VerdictSample sample)
    {
        writer.Write(sample.Row);
        Write(writer, sample.Value);
        Write(writer, sample.Json);
        SaveIdentity(writer, sample.File, sample.Line, sample.Keys);
    }

    public static VerdictSample Load(BinaryReader reader)
    {
        var (row, value, json) = (reader.ReadInt64(), Read(reader), Read(reader));
        return LoadIdentity(reader, new VerdictSample(row, value) { Json = json });
    }

    /// <summary>What tells a row apart beside its number.</summary>
    public static byte[] Identity(RuleBatch batch, int row)
    {
        var (file, line) = batch.OriginOf(row);
        return StateFormat.Bytes(writer => SaveIdentity(writer, file, line, batch.KeysOf(row)));
    }

    /// <summary>A sample with what <see cref="Identity"/> wrote.</summary>
    public static VerdictSample WithIdentity(VerdictSample sample, ReadOnlySpan<byte> identity)
    {
        if (identity.IsEmpty)
            return sample;
        using var reader = new BinaryReader(new MemoryStream(identity.ToArray()), Encoding.UTF8);
        return LoadIdentity(reader, sample);
    }

    private static void SaveIdentity(BinaryWriter writer, string? file, long? line, IReadOnlyList<VerdictField> keys)
    {
        Write(writer, file);
        writer.Write(line.HasValue);
        writer.Write(line ?? 0);
        writer.Write7BitEncodedInt(keys.Count);
        foreach (var key in keys)
        {
            writer.Write(key.Name);
            writer.Write(key.Json);
        }
    }

    private static VerdictSample LoadIdentity(BinaryReader reader, VerdictSample sample)
    {
        var file = Read(reader);
        var (hasLine, line) = (reader.ReadBoolean(), reader.ReadInt64());
        var keys = new VerdictField[StateFormat.Length(reader, 100_000)];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = new VerdictField(reader.ReadString(), reader.ReadString());
        return sample with { File = file, Line = hasLine ? line : null, Keys = keys };
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? Read(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
