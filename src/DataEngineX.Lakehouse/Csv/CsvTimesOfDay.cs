using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Times of day.</summary>
internal readonly unsafe struct CsvTimesOfDay<T>(TimeUnit unit) : ICsvParser<T>
    where T : unmanaged, System.Numerics.IBinaryInteger<T>
{
    public bool TryFast(byte* text, int length, out T value) => TryParse(new ReadOnlySpan<byte>(text, length), out value);

    public bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        var isTime = TextTimes.TryTimeOfDay(text, unit, out var count);
        value = T.CreateTruncating(count);
        return isTime;
    }
}
