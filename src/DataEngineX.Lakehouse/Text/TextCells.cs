using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Text;

/// <summary>The text forms of values. All but those of text columns are ASCII without quotes, so that they stand in any format.</summary>
internal static class TextCells
{
    /// <summary>Makes the writer of a type, or null when values of it have parts: lists, maps and structs.</summary>
    /// <exception cref="ArgumentException">Values of the type have no text form.</exception>
    internal static TextCell? For(Field field) => field.DataType switch
    {
        StringType => new Bytes<StringArray>(static (a, row) => a.GetBytes(row)),
        LargeStringType => new Bytes<LargeStringArray>(static (a, row) => a.GetBytes(row)),
        StringViewType => new Bytes<StringViewArray>(static (a, row) => a.GetBytes(row)),
        BinaryType => new Base64Bytes<BinaryArray>(static (a, row) => a.GetBytes(row)),
        LargeBinaryType => new Base64Bytes<LargeBinaryArray>(static (a, row) => a.GetBytes(row)),
        NullType => new Nothing(),
        BooleanType => new Value<BooleanArray>(static (a, row, to) => Copy(a.GetValue(row)!.Value ? "true"u8 : "false"u8, to), isBare: true),
        Int8Type => Number<sbyte>(),
        Int16Type => Number<short>(),
        Int32Type => Number<int>(),
        Int64Type => Number<long>(),
        UInt8Type => Number<byte>(),
        UInt16Type => Number<ushort>(),
        UInt32Type => Number<uint>(),
        UInt64Type => Number<ulong>(),
        HalfFloatType => Number<Half>(),
        FloatType => Number<float>(),
        DoubleType => Number<double>(),
        Decimal128Type => new Value<Decimal128Array>(static (a, row, to) => Encoding.ASCII.GetBytes(a.GetString(row), to), isBare: true),
        Decimal256Type => new Value<Decimal256Array>(static (a, row, to) => Encoding.ASCII.GetBytes(a.GetString(row), to), isBare: true),
        Date32Type => new Value<Date32Array>(static (a, row, to) => Day(a.Values[row], to)),
        Date64Type => new Value<Date64Array>(static (a, row, to) => Day(a.Values[row] / 86_400_000, to)),
        Time32Type type => new Value<Time32Array>((a, row, to) => Time(a.Values[row], type.Unit, to)),
        Time64Type type => new Value<Time64Array>((a, row, to) => Time(a.Values[row], type.Unit, to)),
        TimestampType type => new Value<TimestampArray>((a, row, to) => Timestamp(a.Values[row], type, to)),
        DictionaryType type => new Coded(For(new Field(field.Name, type.ValueType, true)) ?? throw NoText(field)),
        StructType or ListType or MapType => null,
        _ => throw NoText(field),
    };

    private static ArgumentException NoText(Field field) =>
        new($"Column '{field.Name}' of type {ArrowTypes.NameOf(field.DataType)} cannot be written as text; convert it to utf8 first.", nameof(field));

    private static Value<PrimitiveArray<T>> Number<T>()
        where T : struct, IUtf8SpanFormattable, IEquatable<T> =>
        new(static (a, row, to) => Format(a.Values[row], default, to), isBare: true);

    private static int Day(long days, Span<byte> to)
    {
        var number = days + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? Format(DateOnly.FromDayNumber((int)number), "yyyy-MM-dd", to)
            : throw new MalformedDataException($"The day {days} days from 1970-01-01 is not in the years 1 to 9999, so it has no text form.");
    }

    private static int Time(long value, TimeUnit unit, Span<byte> to)
    {
        var (perSecond, digits) = Scale(unit);
        return Clock(value / perSecond, value % perSecond, digits, to);
    }

    private static int Timestamp(long value, TimestampType type, Span<byte> to)
    {
        var (perSecond, digits) = Scale(type.Unit);
        var seconds = Math.DivRem(value, perSecond, out var fraction);
        seconds -= fraction < 0 ? 1 : 0;
        fraction += fraction < 0 ? perSecond : 0;
        var days = Math.DivRem(seconds, 86_400, out var second);
        days -= second < 0 ? 1 : 0;
        second += second < 0 ? 86_400 : 0;
        var length = Day(days, to);
        to[length++] = (byte)'T';
        length += Clock(second, fraction, digits, to[length..]);
        if (type.Timezone is not (null or ""))
            to[length++] = (byte)'Z';
        return length;
    }

    private static (long PerSecond, int Digits) Scale(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => (1, 0),
        TimeUnit.Millisecond => (1_000, 3),
        TimeUnit.Microsecond => (1_000_000, 6),
        _ => (1_000_000_000, 9),
    };

    private static int Clock(long seconds, long fraction, int digits, Span<byte> to)
    {
        Put(to, seconds / 3600, 2);
        to[2] = (byte)':';
        Put(to[3..], seconds / 60 % 60, 2);
        to[5] = (byte)':';
        Put(to[6..], seconds % 60, 2);
        if (digits == 0)
            return 8;
        to[8] = (byte)'.';
        Put(to[9..], fraction, digits);
        return 9 + digits;
    }

    private static void Put(Span<byte> to, long value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, value /= 10)
            to[i] = (byte)('0' + (value % 10));
    }

    private static int Format<T>(T value, ReadOnlySpan<char> format, Span<byte> to)
        where T : IUtf8SpanFormattable =>
        value.TryFormat(to, out var written, format, CultureInfo.InvariantCulture)
            ? written
            : throw new InvalidOperationException($"A value of type {typeof(T).Name} takes more than {to.Length} bytes.");

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }

    private delegate int Write<TArray>(TArray array, int row, Span<byte> to);

    private delegate ReadOnlySpan<byte> Read<TArray>(TArray array, int row);

    private sealed class Value<TArray>(Write<TArray> write, bool isBare = false) : TextCell
        where TArray : class
    {
        private TArray _values = null!;

        internal override bool IsBare => isBare;

        internal override int Format(int row, Span<byte> to) => write(_values, row, to);

        protected override void BindValues(IArrowArray array) => _values = (TArray)array;
    }

    private sealed class Bytes<TArray>(Read<TArray> read) : TextCell
        where TArray : class
    {
        private TArray _values = null!;

        internal override bool IsText => true;

        internal override ReadOnlySpan<byte> Text(int row) => read(_values, row);

        protected override void BindValues(IArrowArray array) => _values = (TArray)array;
    }

    private sealed class Base64Bytes<TArray>(Read<TArray> read) : TextCell
        where TArray : class
    {
        private TArray _values = null!;
        private byte[] _text = new byte[256];

        internal override bool IsText => true;

        internal override ReadOnlySpan<byte> Text(int row)
        {
            var bytes = read(_values, row);
            var most = Base64.GetMaxEncodedToUtf8Length(bytes.Length);
            if (_text.Length < most)
                _text = new byte[most * 2];
            Base64.EncodeToUtf8(bytes, _text, out _, out var written);
            return _text.AsSpan(0, written);
        }

        protected override void BindValues(IArrowArray array) => _values = (TArray)array;
    }

    /// <summary>A dictionary's values behind its codes.</summary>
    private sealed class Coded(TextCell values) : TextCell
    {
        private DictionaryArray _array = null!;
        private Func<int, int> _code = null!;

        internal override bool IsBare => values.IsBare;

        internal override bool IsText => values.IsText;

        internal override bool IsNull(int row) => base.IsNull(row) || values.IsNull(_code(row));

        internal override ReadOnlySpan<byte> Text(int row) => values.Text(_code(row));

        internal override int Format(int row, Span<byte> to) => values.Format(_code(row), to);

        protected override void BindValues(IArrowArray array)
        {
            _array = (DictionaryArray)array;
            values.Bind(_array.Dictionary);
            _code = _array.Indices switch
            {
                Int8Array a => row => a.Values[row],
                UInt8Array a => row => a.Values[row],
                Int16Array a => row => a.Values[row],
                UInt16Array a => row => a.Values[row],
                Int32Array a => row => a.Values[row],
                UInt32Array a => row => (int)a.Values[row],
                Int64Array a => row => (int)a.Values[row],
                UInt64Array a => row => (int)a.Values[row],
                _ => throw new ArgumentException($"A dictionary with codes of type {ArrowTypes.NameOf(_array.Indices.Data.DataType)} cannot be read."),
            };
        }
    }

    private sealed class Nothing : TextCell
    {
        internal override bool IsNull(int row) => true;

        protected override void BindValues(IArrowArray array)
        {
        }
    }
}
