using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DataEngineX.Quality;

public sealed partial class Profile
{
    private const string Kind = "profile";
    private const int MostColumns = 1 << 20;

    /// <summary>The profile as JSON, for people, other programs and <see cref="Parse"/>.</summary>
    /// <remarks>
    /// The metrics stand there to be read; the profile is read back from <c>state</c>, which holds everything: what comes back merges as if it
    /// had never been written. <c>version</c> is that of the form of the state.
    /// </remarks>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteNumber("version", StateFormat.Version);
            ProfileJson.WriteMetrics(writer, this);
            writer.WriteBase64String("state", StateFormat.Bytes(Save));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a profile.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="FormatException">The text is no profile, or of a version not known here.</exception>
    public static Profile Parse(string json) => StateFormat.Read(json, Kind, Load);

    /// <summary>The profile for reading: a line on the rows, a block on each column, and what stands out.</summary>
    public override string ToString() => ProfileText.Of(this);

    private Profile Copy() => StateFormat.Load(StateFormat.Bytes(Save), Load);

    private void Save(BinaryWriter writer)
    {
        writer.Write(At.UtcTicks);
        writer.Write(Elapsed.Ticks);
        _table.Save(writer);
        writer.Write7BitEncodedInt(_states.Length);
        foreach (var state in _states)
            state.Save(writer);
        writer.Write(_pairs is not null);
        _pairs?.Save(writer);
    }

    private static Profile Load(BinaryReader reader)
    {
        var at = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var elapsed = new TimeSpan(reader.ReadInt64());
        var table = TableState.Load(reader);
        var columns = StateFormat.Length(reader, MostColumns);
        var states = new List<ColumnState>();
        for (var i = 0; i < columns; i++)
            states.Add(ColumnState.Load(reader));
        var pairs = reader.ReadBoolean() ? PairState.Load(reader, [.. states.Select(s => s.Shape)]) : null;
        return new Profile(table, [.. states], pairs, at, elapsed);
    }
}
