using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Instants and clock times.</summary>
internal readonly unsafe struct CsvTimestamps(TimestampType type, IReadOnlyList<string> formats) : ICsvParser<long>
{
    private readonly bool _isIso = formats.Count == 0;

    public bool TryFast(byte* text, int length, out long value)
    {
        value = 0;
        return _isIso && length >= 10 && TextTimes.TryTimestamp(new ReadOnlySpan<byte>(text, length), type, out value);
    }

    public bool TryParse(ReadOnlySpan<byte> text, out long value) => TextTimes.TryTimestamp(text, type, formats, out value);
}
