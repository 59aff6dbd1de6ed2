using System.Buffers;
using System.Text.Unicode;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>
/// Reads a whole file once, before any row is parsed, to find what makes it worthless as a whole: it is empty, binary, not UTF-8, or cut off.
/// Holds one fixed buffer, whatever the file's size.
/// </summary>
internal sealed class CsvFileCheck(string name, byte separator)
{
    private const byte Quote = (byte)'"';
    private readonly SearchValues<byte> _marks = SearchValues.Create([Quote, separator, (byte)'\n', (byte)'\r']);
    private State _state = State.FieldStart;
    private long _line = 1;
    private long _quoteLine;
    private long _recordLine = 1;
    private int _fields = 1;
    private int _firstFields = -1;
    private bool _recordEmpty = true;
    private bool _afterReturn;
    private bool _begun;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    internal async Task RunAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            var held = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(held), cancellationToken).ConfigureAwait(false);
                var end = held + read;
                if (read == 0 && held > 0)
                    throw NotUtf8(buffer.AsSpan(0, held));
                if (read == 0)
                    break;
                var whole = WholeCharacters(buffer.AsSpan(0, end));
                var start = !_begun && buffer.AsSpan(0, whole).StartsWith("\uFEFF"u8) ? 3 : 0;
                _begun |= whole > 0;
                CheckText(buffer.AsSpan(0, whole));
                Walk(buffer.AsSpan(start, whole - start));
                buffer.AsSpan(whole, end - whole).CopyTo(buffer);
                held = end - whole;
            }

            CheckEnd();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>How many leading bytes end on a character's end; a character cut by the buffer waits for the next one.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if ((b & 0xC0) == 0x80)
                continue;
            var width = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return width > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    private void CheckText(ReadOnlySpan<byte> bytes)
    {
        var nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
            throw new SourceRefusedException(name, "it holds NUL bytes, so it is not a text file", _line + bytes[..nul].Count((byte)'\n'));
        if (!Utf8.IsValid(bytes))
            throw NotUtf8(bytes);
    }

    private SourceRefusedException NotUtf8(ReadOnlySpan<byte> bytes)
    {
        var good = 0;
        while (good < bytes.Length && System.Text.Rune.DecodeFromUtf8(bytes[good..], out _, out var used) == OperationStatus.Done)
            good += used;
        return new SourceRefusedException(
            name, $"byte 0x{bytes[Math.Min(good, bytes.Length - 1)]:X2} is not valid UTF-8", _line + bytes[..good].Count((byte)'\n'));
    }

    private void Walk(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            // Inside quotes only quotes and line ends matter; elsewhere the four marks do. Everything between is jumped over.
            if (_state is State.Plain or State.Quoted)
            {
                var next = _state == State.Plain
                    ? bytes[at..].IndexOfAny(_marks)
                    : bytes[at..].IndexOfAny(Quote, (byte)'\n', (byte)'\r');
                if (next != 0)
                    _afterReturn = false;
                if (next < 0)
                    return;
                at += next;
            }

            Step(bytes[at++]);
        }
    }

    private void Step(byte b)
    {
        if (b is (byte)'\n' or (byte)'\r')
        {
            var second = b == '\n' && _afterReturn;
            _afterReturn = b == '\r';
            if (!second)
                _line++;
            if (_state == State.Quoted)
                return;
            if (second)
                _recordLine = _line;
            else
                EndRecord();
            return;
        }

        _afterReturn = false;
        _recordEmpty = false;
        if (b == Quote)
        {
            if (_state == State.FieldStart)
                _quoteLine = _line;
            _state = _state switch
            {
                State.FieldStart or State.QuoteInQuoted => State.Quoted,
                State.Quoted => State.QuoteInQuoted,
                _ => State.Plain,
            };
        }
        else if (b == separator && _state != State.Quoted)
        {
            _fields++;
            _state = State.FieldStart;
        }
        else if (_state != State.Quoted)
        {
            _state = State.Plain;
        }
    }

    private void EndRecord()
    {
        if (!_recordEmpty && _firstFields < 0)
            _firstFields = _fields;
        _fields = 1;
        _recordEmpty = true;
        _recordLine = _line;
        _state = State.FieldStart;
    }

    private void CheckEnd()
    {
        if (_state == State.Quoted)
            throw new SourceRefusedException(name, "the quote opened here is never closed, so the file is cut off", _quoteLine);
        if (_firstFields < 0 && _recordEmpty)
            throw new SourceRefusedException(name, "it is empty");
        if (!_recordEmpty && _firstFields >= 0 && _fields < _firstFields)
        {
            throw new SourceRefusedException(
                name, $"the last line ends without a line end after {_fields} of {_firstFields} fields, so the file is cut off", _recordLine);
        }
    }
}
