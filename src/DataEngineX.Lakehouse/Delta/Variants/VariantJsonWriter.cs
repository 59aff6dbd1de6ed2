using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>Tells variants as JSON. Numbers keep all digits; what JSON has no form for is a text: days and times (ISO 8601), bytes (base64), NaN and infinities.</summary>
#pragma warning disable CA1001 // A JSON writer over a buffer in memory has nothing to let go of.
internal sealed class VariantJsonWriter
#pragma warning restore CA1001
{
    private const int MostDepth = 512;

    private readonly VariantNames _names = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    internal VariantJsonWriter() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>The text of a variant, in UTF-8; it holds until the next one.</summary>
    /// <exception cref="FormatException">The variant is damaged; says how.</exception>
    internal ReadOnlySpan<byte> Write(ReadOnlySpan<byte> metadata, ReadOnlySpan<byte> value)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _names.Take(metadata);
        Value(value, 0);
        _writer.Flush();
        return _buffer.WrittenSpan;
    }

    private void Value(ReadOnlySpan<byte> bytes, int depth)
    {
        if (bytes.IsEmpty)
            throw new FormatException("a variant ends too early");
        if (depth > MostDepth)
            throw new FormatException($"a variant is nested more than {MostDepth} deep");
        var header = bytes[0] >> 2;
        switch (bytes[0] & 3)
        {
            case VariantKind.ShortText:
                _writer.WriteStringValue(Part(bytes, 1, header));
                break;
            case VariantKind.Object:
                Object(bytes, depth);
                break;
            case VariantKind.List:
                List(bytes, depth);
                break;
            default:
                Simple(header, bytes);
                break;
        }
    }

    private void Object(ReadOnlySpan<byte> bytes, int depth)
    {
        _writer.WriteStartObject();
        foreach (var (name, from, length) in new VariantObject(bytes))
        {
            _writer.WritePropertyName(_names[name]);
            Value(bytes.Slice(from, length), depth + 1);
        }

        _writer.WriteEndObject();
    }

    private void List(ReadOnlySpan<byte> bytes, int depth)
    {
        var (width, countWidth) = (((bytes[0] >> 2) & 3) + 1, (bytes[0] & 16) == 0 ? 1 : 4);
        var count = VariantNames.Number(bytes, 1, countWidth);
        var (offsets, values) = (1 + countWidth, 1 + countWidth + ((count + 1L) * width));
        if (values > bytes.Length)
            throw new FormatException("a variant ends too early");
        _writer.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            var (from, end) = (VariantNames.Number(bytes, offsets + (i * width), width), VariantNames.Number(bytes, offsets + ((i + 1) * width), width));
            if (end <= from || values + end > bytes.Length)
                throw new FormatException("a variant has an element beyond its bytes");
            Value(bytes[(int)(values + from)..(int)(values + end)], depth + 1);
        }

        _writer.WriteEndArray();
    }

    private void Simple(int kind, ReadOnlySpan<byte> bytes)
    {
        switch (kind)
        {
            case VariantKind.Null:
                _writer.WriteNullValue();
                break;
            case VariantKind.True or VariantKind.False:
                _writer.WriteBooleanValue(kind == VariantKind.True);
                break;
            case VariantKind.Int8:
                _writer.WriteNumberValue((sbyte)Part(bytes, 1, 1)[0]);
                break;
            case VariantKind.Int16:
                _writer.WriteNumberValue(BinaryPrimitives.ReadInt16LittleEndian(Part(bytes, 1, 2)));
                break;
            case VariantKind.Int32:
                _writer.WriteNumberValue(BinaryPrimitives.ReadInt32LittleEndian(Part(bytes, 1, 4)));
                break;
            case VariantKind.Int64:
                _writer.WriteNumberValue(Long(bytes));
                break;
            case VariantKind.Double:
                Number(BinaryPrimitives.ReadDoubleLittleEndian(Part(bytes, 1, 8)));
                break;
            case VariantKind.Float:
                Number(BinaryPrimitives.ReadSingleLittleEndian(Part(bytes, 1, 4)));
                break;
            case VariantKind.Decimal4 or VariantKind.Decimal8 or VariantKind.Decimal16:
                Decimal(kind, bytes);
                break;
            case VariantKind.Binary:
                _writer.WriteBase64StringValue(Part(bytes, 5, VariantNames.Number(bytes, 1, 4)));
                break;
            case VariantKind.Text:
                _writer.WriteStringValue(Part(bytes, 5, VariantNames.Number(bytes, 1, 4)));
                break;
            case VariantKind.Uuid:
                _writer.WriteStringValue(new Guid(Part(bytes, 1, 16), bigEndian: true));
                break;
            default:
                _writer.WriteStringValue(Moment(kind, bytes));
                break;
        }
    }

    private void Decimal(int kind, ReadOnlySpan<byte> bytes)
    {
        var scale = Part(bytes, 1, 1)[0];
        if (scale > 38)
            throw new FormatException($"a variant has a decimal of {scale} places");
        Int128 unscaled = kind switch
        {
            VariantKind.Decimal4 => BinaryPrimitives.ReadInt32LittleEndian(Part(bytes, 2, 4)),
            VariantKind.Decimal8 => BinaryPrimitives.ReadInt64LittleEndian(Part(bytes, 2, 8)),
            _ => BinaryPrimitives.ReadInt128LittleEndian(Part(bytes, 2, 16)),
        };
        _writer.WriteRawValue(DecimalTexts.Write(unscaled, scale), skipInputValidation: true);
    }

    private static string Moment(int kind, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return kind switch
            {
                VariantKind.Date => DateTime.UnixEpoch.AddDays(BinaryPrimitives.ReadInt32LittleEndian(Part(bytes, 1, 4))).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                VariantKind.Time => Text(new DateTime(Long(bytes) * TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified), "HH:mm:ss.FFFFFF"),
                VariantKind.TimestampUtc => Text(DateTime.UnixEpoch.AddTicks(checked(Long(bytes) * TimeSpan.TicksPerMicrosecond)), "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'"),
                VariantKind.TimestampLocal => Text(DateTime.UnixEpoch.AddTicks(checked(Long(bytes) * TimeSpan.TicksPerMicrosecond)), "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"),
                VariantKind.NanosUtc or VariantKind.NanosLocal => Nanos(Long(bytes), kind == VariantKind.NanosUtc ? "Z" : ""),
                _ => throw new FormatException($"a variant has a value of the kind {kind}, which is not known"),
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new FormatException("a variant has a time beyond the years 1 to 9999", e);
        }
    }

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static string Nanos(long nanos, string zone)
    {
        var (ticks, rest) = (nanos / 100, nanos % 100);
        if (rest < 0)
            (ticks, rest) = (ticks - 1, rest + 100);
        var text = Text(DateTime.UnixEpoch.AddTicks(ticks), "yyyy-MM-dd'T'HH:mm:ss.fffffff");
        return text + rest.ToString("00", CultureInfo.InvariantCulture) + zone;
    }

    private void Number(double number)
    {
        if (double.IsFinite(number))
            _writer.WriteNumberValue(number);
        else
            _writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    private void Number(float number)
    {
        if (float.IsFinite(number))
            _writer.WriteNumberValue(number);
        else
            _writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    private static long Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(Part(bytes, 1, 8));

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int from, int length) =>
        (long)from + length <= bytes.Length ? bytes.Slice(from, length) : throw new FormatException("a variant ends too early");
}
