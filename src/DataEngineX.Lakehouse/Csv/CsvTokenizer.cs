using System.Buffers;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Splits a UTF-8 stream into records and fields after RFC 4180. Fields point into a buffer that the next record overwrites.</summary>
internal sealed class CsvTokenizer(Stream stream, string name, byte separator, int maxRecordBytes) : IDisposable
{
    private const byte Quote = (byte)'"';
    private readonly SearchValues<byte> _ends = SearchValues.Create([separator, (byte)'\n', (byte)'\r']);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
    private int _start;
    private int _end;
    private bool _eof;
    private bool _first = true;
    private long _nextLine = 1;

    /// <summary>The fields of the current record.</summary>
    internal List<CsvField> Fields { get; } = [];

    /// <summary>The 1-based physical line on which the current record starts.</summary>
    internal long Line { get; private set; }

    /// <summary>Whether a closing quote of the current record is followed by something other than a separator or a line end.</summary>
    internal bool BadQuotes { get; private set; }

    /// <summary>The current record's bytes, without its line end.</summary>
    internal ReadOnlySpan<byte> Record => _buffer.AsSpan(_recordStart, _recordLength);

    private int _recordStart;
    private int _recordLength;

    internal ReadOnlySpan<byte> Bytes(CsvField field) => _buffer.AsSpan(field.Start, field.Length);

    /// <summary>Goes to the next record that is not a blank line. False at the end.</summary>
    internal async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_first && (_end - _start >= 3 || _eof))
            {
                _first = false;
                if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8))
                    _start += 3;
            }

            if (!_first && TryParse(out var used, out var lines))
            {
                Line = _nextLine;
                _nextLine += lines;
                _start += used;
                if (_recordLength > 0)
                    return true;
                continue;
            }

            if (_eof)
                return false;
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= maxRecordBytes)
                throw new SourceRefusedException(name, $"a record is longer than {maxRecordBytes} bytes", _nextLine);
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _eof = read == 0;
    }

    private bool TryParse(out int used, out int lines)
    {
        Fields.Clear();
        BadQuotes = false;
        used = 0;
        lines = 0;
        if (_start == _end)
            return false;
        var text = _buffer.AsSpan(_start, _end - _start);
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == Quote)
            {
                if (!TryQuoted(text, ref at, ref lines))
                    return false;
            }
            else
            {
                var stop = text[at..].IndexOfAny(_ends);
                if (stop < 0 && !_eof)
                    return false;
                var length = stop < 0 ? text.Length - at : stop;
                Fields.Add(new CsvField(_start + at, length, false, false));
                at += length;
            }

            if (at == text.Length)
                return _eof && Finish(at, at, out used);
            var mark = text[at];
            if (mark == separator)
            {
                at++;
                continue;
            }

            // A '\r' at the buffer's end may be the first half of a line end.
            if (mark == '\r' && at + 1 == text.Length && !_eof)
                return false;
            lines++;
            return Finish(at, at + (mark == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1), out used);
        }
    }

    private bool Finish(int length, int consumed, out int used)
    {
        _recordStart = _start;
        _recordLength = length;
        used = consumed;
        return true;
    }

    private bool TryQuoted(ReadOnlySpan<byte> text, ref int at, ref int lines)
    {
        var from = at + 1;
        var to = from;
        var escaped = false;
        while (true)
        {
            var next = text[to..].IndexOf(Quote);
            if (next < 0)
                return false;
            to += next;
            if (to + 1 == text.Length && !_eof)
                return false;
            if (to + 1 == text.Length || text[to + 1] != Quote)
                break;
            escaped = true;
            to += 2;
        }

        Fields.Add(new CsvField(_start + from, to - from, true, escaped));
        lines += CountLines(text[from..to]);
        at = to + 1;
        if (at == text.Length || _ends.Contains(text[at]))
            return true;

        // Text after the closing quote: the field is kept as far as the quote, and the row is marked.
        BadQuotes = true;
        var stop = text[at..].IndexOfAny(_ends);
        if (stop < 0 && !_eof)
            return false;
        at = stop < 0 ? text.Length : at + stop;
        return true;
    }

    private static int CountLines(ReadOnlySpan<byte> quoted)
    {
        var count = quoted.Count((byte)'\n');
        for (var at = 0; ; at++)
        {
            var next = quoted[at..].IndexOf((byte)'\r');
            if (next < 0)
                return count;
            at += next;
            if (at + 1 == quoted.Length || quoted[at + 1] != '\n')
                count++;
        }
    }
}
