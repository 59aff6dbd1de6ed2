using System.Numerics;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>
/// Cuts a file into chunks of whole records, in order, and finds on the way what makes it worthless as a whole: it is empty, binary, not UTF-8,
/// or cut off. A chunk has about the size asked for; one record that is longer makes it grow up to the longest record accepted.
/// </summary>
internal sealed class CsvChunker(TextInput input, CsvReadOptions options) : IDisposable
{
    private readonly CsvDialect _dialect = CsvDialect.Of(options);
    private byte[] _buffer = TextChunk.Rent(Math.Min(options.ChunkBytes, options.MaxRecordBytes));
    private int _end;
    private int _scanned;
    private int _cut;
    private int _linesAtCut;
    private int _lines;
    private int _tail;
    private int _linesAtTail;
    private int _openReturn = -1;
    private int _linesAtOpenReturn;
    private long _line = 1;
    private long _offset;
    private bool _eof;
    private bool _begun;
    private bool _first;
    private CsvState _state = CsvState.RecordStart;
    private TextSurvey _survey = TextSurvey.Nothing;

    /// <summary>The first record that is neither blank nor a comment: the header, when the file has one. Known after the first chunk.</summary>
    internal CsvRecord? FirstRecord { get; private set; }

    /// <summary>The line of <see cref="FirstRecord"/>.</summary>
    internal long FirstRecordLine { get; private set; }

    /// <summary>The text and line of the last record when it has no line end; known after the last chunk.</summary>
    internal (byte[] Text, long Line) OpenEnd { get; private set; } = ([], 0);

    /// <summary>The chunk reached: borrowed until the next one, or taken.</summary>
    internal TextChunk Chunk => new() { Buffer = _buffer, Length = _cut, FirstLine = _line, IsFirst = _first };

    /// <summary>Where the chunk stands in a plain file.</summary>
    internal TextPlace Place => new(_offset, _cut, _line);

    /// <summary>Goes to the next chunk; false at the end of the file.</summary>
    /// <exception cref="SourceRefusedException">The file is worthless as a whole.</exception>
    internal async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            DropChunk();
            if (!await FindCutAsync(cancellationToken).ConfigureAwait(false))
                return FirstRecord is not null ? false : throw new SourceRefusedException(input.Name, "it is empty");
            _survey.Check(input.Name, _buffer.AsSpan(0, _cut), _line);
            _survey = TextSurvey.Of(_buffer.AsSpan(_cut, _end - _cut), _dialect.Quote);
            var hasRecords = FirstRecord is not null || FindFirstRecord();
            if (_eof)
                CheckEnd();
            if (hasRecords)
                return true;
        }
    }

    /// <summary>Hands over the chunk with its buffer; the caller disposes it.</summary>
    internal TextChunk TakeChunk()
    {
        var taken = Chunk;
        _buffer = TextChunk.Rent(Math.Max(_end - _cut, Math.Min(options.ChunkBytes, options.MaxRecordBytes)));
        taken.Buffer.AsSpan(_cut, _end - _cut).CopyTo(_buffer);
        Forget(_cut);
        return taken;
    }

    public void Dispose()
    {
        var held = new TextChunk { Buffer = _buffer };
        held.Dispose();
        _buffer = [];
    }

    private void DropChunk()
    {
        if (_cut == 0)
            return;
        _buffer.AsSpan(_cut, _end - _cut).CopyTo(_buffer);
        Forget(_cut);
    }

    private void Forget(int count)
    {
        _end -= count;
        _scanned -= count;
        _openReturn = Math.Max(-1, _openReturn - count);
        _linesAtOpenReturn -= _linesAtCut;
        _offset += count;
        _line += _linesAtCut;
        _lines -= _linesAtCut;
        _linesAtCut = 0;
        _cut = 0;
        _first = false;
    }

    /// <summary>Reads until the buffer holds at least one whole record; false when nothing is left.</summary>
    private async ValueTask<bool> FindCutAsync(CancellationToken cancellationToken)
    {
        var wanted = Math.Min(options.ChunkBytes, options.MaxRecordBytes);
        while (true)
        {
            while (!_eof && _end < wanted)
            {
                var read = await input.ReadAsync(_buffer.AsMemory(_end, wanted - _end), cancellationToken).ConfigureAwait(false);
                _eof = read == 0;
                _end += read;
                if (!_begun)
                    await BeginAsync(cancellationToken).ConfigureAwait(false);
            }

            Scan();
            if (_eof)
            {
                _tail = _cut;
                _linesAtTail = _linesAtCut;
                _cut = _end;
                _linesAtCut = _lines;
                return _end > 0;
            }

            if (_cut > 0)
                return true;
            if (_end >= wanted)
                wanted = Grow();
        }
    }

    private int Grow()
    {
        if (_end >= options.MaxRecordBytes)
        {
            throw new SourceRefusedException(
                input.Name, $"a record is longer than {options.MaxRecordBytes} bytes" + (_state.IsQuoted ? "; a quote in it is not closed" : ""), _line);
        }

        var larger = TextChunk.Rent((int)Math.Min(options.MaxRecordBytes, Math.Max(64L, _end * 2L)));
        _buffer.AsSpan(0, _end).CopyTo(larger);
        Dispose();
        _buffer = larger;
        return Math.Min(options.MaxRecordBytes, larger.Length - TextChunk.Padding);
    }

    private void Scan()
    {
        if (_openReturn >= 0 && (_openReturn + 1 < _end || _eof))
        {
            _cut = AfterLineEnd(_openReturn);
            _linesAtCut = _linesAtOpenReturn;
            _openReturn = -1;
        }

        var region = _buffer.AsSpan(_scanned, _end - _scanned);
        if (region.IsEmpty)
            return;
        var survey = TextSurvey.Of(region, _dialect.Quote);
        _survey |= survey;
        if (!survey.HasQuote && _state.IsPlain && !_dialect.HasComments)
            ScanPlain(region, survey.HasReturn);
        else
            ScanBlocks();
    }

    /// <summary>Without quotes every line end is a record's end: the last one is where the chunk can end.</summary>
    private void ScanPlain(ReadOnlySpan<byte> region, bool hasReturn)
    {
        // A carriage return at the end may be the first half of a line end.
        if (!_eof && region[^1] == '\r')
            region = region[..^1];
        if (region.IsEmpty)
            return;
        var last = hasReturn ? region.LastIndexOfAny((byte)'\n', (byte)'\r') : region.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _lines += hasReturn ? TextLines.Count(region[..(last + 1)]) : region[..(last + 1)].Count((byte)'\n');
            _linesAtCut = _lines;
            _cut = _scanned + last + 1;
        }

        _state = CsvState.After(region[^1], _dialect.Separator);
        _scanned += region.Length;
    }

    private unsafe void ScanBlocks()
    {
        fixed (byte* text = _buffer)
        {
            while (_end - _scanned >= 64 || (_eof && _scanned < _end))
            {
                var count = Math.Min(64, _end - _scanned);
                var block = _state.Step(text + _scanned, _dialect, count == 64 ? ulong.MaxValue : (1UL << count) - 1);
                MarkCut(block);
                _lines += BitOperations.PopCount(block.Lines);
                _scanned += count;
            }
        }

        // The longest record accepted may end in less than a block.
        for (; _end >= options.MaxRecordBytes && _scanned < _end; _scanned++)
        {
            var value = _buffer[_scanned];
            var isLine = value == '\r' || (value == '\n' && !_state.IsAfterReturn) ? 1UL : 0;
            var isInside = _state.Take(value, _dialect, out _);
            MarkCut(new CsvBlock { Lines = isLine, RowEnds = isInside ? 0 : isLine });
            _lines += (int)isLine;
        }

        // The cut may lie behind a line feed that belongs to a carriage return seen last.
        if (_cut > _scanned)
        {
            _scanned = _cut;
            _state = CsvState.RecordStart;
        }
    }

    private void MarkCut(in CsvBlock block)
    {
        for (var ends = block.RowEnds; ends != 0;)
        {
            var bit = BitOperations.Log2(ends);
            var at = _scanned + bit;
            var lines = _lines + BitOperations.PopCount(block.Lines & (ulong.MaxValue >> (63 - bit)));
            if (_buffer[at] == '\r' && at + 1 == _end && !_eof)
            {
                // Whether a line feed belongs to it is known when more is read.
                _openReturn = at;
                _linesAtOpenReturn = lines;
                ends ^= 1UL << bit;
                continue;
            }

            _cut = AfterLineEnd(at);
            _linesAtCut = lines;
            return;
        }
    }

    private int AfterLineEnd(int at) => at + (_buffer[at] == '\r' && at + 1 < _end && _buffer[at + 1] == '\n' ? 2 : 1);

    /// <summary>Drops the byte-order mark and the lines to be skipped.</summary>
    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        while (_end < 3 && !_eof)
        {
            var read = await input.ReadAsync(_buffer.AsMemory(_end, 3 - _end), cancellationToken).ConfigureAwait(false);
            _eof = read == 0;
            _end += read;
        }

        _begun = true;
        var start = _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8) ? 3 : 0;
        _buffer.AsSpan(start, _end - start).CopyTo(_buffer);
        _offset += start;
        _end -= start;
        for (var skipped = 0; skipped < options.SkipLines; skipped++)
            await SkipLineAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SkipLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = _buffer.AsSpan(0, _end).IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0 && (_buffer[at] == '\n' || at + 1 < _end || _eof))
            {
                var used = at + (_buffer[at] == '\r' && at + 1 < _end && _buffer[at + 1] == '\n' ? 2 : 1);
                _line++;
                _buffer.AsSpan(used, _end - used).CopyTo(_buffer);
                _end -= used;
                _offset += used;
                return;
            }

            if (_eof)
            {
                _offset += _end;
                _end = 0;
                return;
            }

            // What cannot be the end of the line is let go, so that a long line needs no room.
            var kept = at >= 0 ? 1 : 0;
            _offset += _end - kept;
            if (kept == 1)
                _buffer[0] = (byte)'\r';
            _end = kept;
            var read = await input.ReadAsync(_buffer.AsMemory(_end, _buffer.Length - TextChunk.Padding - _end), cancellationToken).ConfigureAwait(false);
            _eof = read == 0;
            _end += read;
        }
    }

    private bool FindFirstRecord()
    {
        // The first record is nearly always among the first bytes; when a second one follows there, it is whole.
        var found = CsvRecord.Read(_buffer.AsSpan(0, Math.Min(_cut, 1 << 14)), _dialect, 2, out _);
        if (found.Count < 2 && _cut > 1 << 14)
            found = CsvRecord.Read(_buffer.AsSpan(0, _cut), _dialect, 1, out _);
        if (found is not [var record, ..])
            return false;
        FirstRecord = record;
        FirstRecordLine = _line + record.Line;
        _first = true;
        return true;
    }

    private void CheckEnd()
    {
        var tail = _buffer.AsSpan(_tail, _cut - _tail);
        var line = _line + _linesAtTail;
        OpenEnd = (tail.ToArray(), line);
        if (_state.IsQuoted)
            throw new SourceRefusedException(input.Name, "the quote opened here is never closed, so the file is cut off", line + LinesToOpenQuote(tail));
        if (CsvRecord.Read(tail, _dialect, 1, out _) is not [var last] || FirstRecord is not { } first || line + last.Line == FirstRecordLine)
            return;
        if (last.Fields.Length < first.Fields.Length && !last.HasBadQuotes)
        {
            throw new SourceRefusedException(
                input.Name, $"the last line ends without a line end after {last.Fields.Length} of {first.Fields.Length} fields, so the file is cut off", line + last.Line);
        }
    }

    private int LinesToOpenQuote(ReadOnlySpan<byte> text)
    {
        var state = CsvState.RecordStart;
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isDoubled = i > 0 && text[i - 1] == _dialect.Quote && text[i] == _dialect.Quote;
            var before = state.IsQuoted;
            state.Take(text[i], _dialect, out _);
            if (!before && state.IsQuoted && !isDoubled)
                at = i;
        }

        return TextLines.Count(text[..at]);
    }
}
