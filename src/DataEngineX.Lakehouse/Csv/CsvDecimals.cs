using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Exact decimal numbers.</summary>
internal readonly unsafe struct CsvDecimals(Decimal128Type type, CsvNumberFormat format) : ICsvParser<Int128>
{
    private readonly bool _isPlain = format.IsPlain;

    public bool TryFast(byte* text, int length, out Int128 value)
    {
        value = 0;
        return _isPlain && TextDecimals.TryParse(new ReadOnlySpan<byte>(text, length), type, out value);
    }

    public bool TryParse(ReadOnlySpan<byte> text, out Int128 value)
    {
        if (_isPlain)
            return TextDecimals.TryParse(text, type, out value);
        Span<byte> plain = stackalloc byte[CsvNumberFormat.MostBytes];
        value = 0;
        return format.TryPlain(text, plain, out var length) && TextDecimals.TryParse(plain[..length], type, out value);
    }
}
