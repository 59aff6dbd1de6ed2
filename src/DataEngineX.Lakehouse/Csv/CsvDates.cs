using System.Runtime.CompilerServices;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Days.</summary>
internal readonly unsafe struct CsvDates(IReadOnlyList<string> formats) : ICsvParser<int>
{
    private readonly bool _isIso = formats.Count == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFast(byte* text, int length, out int value)
    {
        value = 0;
        return _isIso && length == 10 && TextTimes.TryDay(new ReadOnlySpan<byte>(text, 10), out value);
    }

    public bool TryParse(ReadOnlySpan<byte> text, out int value) => TextTimes.TryDay(text, formats, out value);
}
