using System.Globalization;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Reads a time of day.</summary>
internal readonly struct TimeParse(TimeUnit unit) : IParseOp<long>, IParseOp<int>
{
    private readonly long _perSecond = Calendar.UnitsPerDay(unit) / 86_400;

    public bool TryParse(ReadOnlySpan<byte> text, out long result)
    {
        ReadOnlySpan<byte> trimmed = text.Trim((byte)' ');
        bool read = IsoText.TryReadTime(trimmed, _perSecond, out int ofDay, out long fraction, out int used);
        result = (ofDay * _perSecond) + fraction;
        return read && used == trimmed.Length;
    }

    public bool TryParse(ReadOnlySpan<byte> text, out int result)
    {
        bool read = TryParse(text, out long wide);
        result = (int)wide;
        return read;
    }
}

/// <summary>Writes a time of day.</summary>
internal readonly struct TimeFormat(TimeUnit unit) : IFormatOp<long>, IFormatOp<int>
{
    private readonly long _perSecond = Calendar.UnitsPerDay(unit) / 86_400;

    public int Format(long value, Span<byte> target) =>
        IsoText.WriteTime((int)(value / _perSecond), value % _perSecond, _perSecond, target);

    public int Format(int value, Span<byte> target) => Format((long)value, target);
}

/// <summary>Reads <c>[-][days.]HH:mm[:ss[.f]]</c>.</summary>
internal readonly struct DurationParse(TimeUnit unit) : IParseOp<long>
{
    private readonly long _perSecond = Calendar.UnitsPerDay(unit) / 86_400;

    public bool TryParse(ReadOnlySpan<byte> text, out long result)
    {
        ReadOnlySpan<byte> rest = text.Trim((byte)' ');
        bool negative = rest.StartsWith("-"u8);
        rest = negative ? rest[1..] : rest;
        long days = 0;
        int point = rest.IndexOf((byte)'.');
        int colon = rest.IndexOf((byte)':');
        bool fits = true;
        if (point >= 0 && point < colon)
        {
            fits = long.TryParse(rest[..point], NumberStyles.None, CultureInfo.InvariantCulture, out days);
            rest = rest[(point + 1)..];
        }

        fits &= IsoText.TryReadTime(rest, _perSecond, out int ofDay, out long fraction, out int used) && used == rest.Length;
        Int128 wide = ((((Int128)days * 86_400) + ofDay) * _perSecond) + fraction;
        wide = negative ? -wide : wide;
        result = (long)wide;
        return fits && result == wide;
    }
}

/// <summary>Writes <c>[-][days.]HH:mm:ss[.f]</c>.</summary>
internal readonly struct DurationFormat(TimeUnit unit) : IFormatOp<long>
{
    private readonly long _perSecond = Calendar.UnitsPerDay(unit) / 86_400;

    public int Format(long value, Span<byte> target)
    {
        ulong size = value < 0 ? unchecked((ulong)-value) : (ulong)value;
        ulong perDay = (ulong)_perSecond * 86_400;
        int at = 0;
        if (value < 0)
        {
            target[at++] = (byte)'-';
        }

        if (size >= perDay)
        {
            (size / perDay).TryFormat(target[at..], out int written, default, CultureInfo.InvariantCulture);
            at += written;
            target[at++] = (byte)'.';
        }

        ulong ofDay = size % perDay;
        return at + IsoText.WriteTime((int)(ofDay / (ulong)_perSecond), (long)(ofDay % (ulong)_perSecond), _perSecond, target[at..]);
    }
}
