using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>What is known of the bytes before: enough to tell ends of fields from separators and line ends inside quotes and comments.</summary>
/// <remarks>
/// A quote opens a quoted field only where the field starts; anywhere else in a bare field it is text. Blocks of 64 bytes whose quotes all open at
/// field starts and close before ends, or are doubled, are decided by a prefix xor; others are walked byte by byte. Both give the same answer.
/// </remarks>
internal struct CsvState
{
    private ulong _quoted;
    private ulong _boundary;
    private ulong _closed;
    private ulong _return;
    private bool _comment;
    private bool _recordStart;

    /// <summary>The state before the first byte of a record.</summary>
    internal static CsvState RecordStart => new() { _boundary = 1, _recordStart = true };

    /// <summary>Whether the next byte stands inside quotes.</summary>
    internal readonly bool IsQuoted => _quoted != 0;

    /// <summary>Whether the byte before was a carriage return.</summary>
    internal readonly bool IsAfterReturn => _return != 0;

    /// <summary>Whether text without quotes may be passed over by looking for line ends alone.</summary>
    internal readonly bool IsPlain => (_quoted | _closed | _return) == 0 && !_comment;

    /// <summary>The state after plain text that has no quotes.</summary>
    internal static CsvState After(byte last, byte separator) => new()
    {
        _boundary = last == separator || last is (byte)'\n' or (byte)'\r' ? 1UL : 0,
        _return = last == '\r' ? 1UL : 0,
        _recordStart = last is (byte)'\n' or (byte)'\r',
    };

    /// <summary>Goes over 64 bytes, of which those in <paramref name="valid"/> count: all of them, but at the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe CsvBlock Step(byte* text, CsvDialect dialect, ulong valid)
    {
        var marks = new CsvMasks(text, dialect, valid);
        var feeds = marks.LineFeed | marks.Return;
        var lines = marks.Return | (marks.LineFeed & ~((marks.Return << 1) | _return));
        _return = marks.Return >> 63;
        if ((marks.Quote | _quoted | _closed) == 0 && marks.Comment == 0 && !_comment)
        {
            _boundary = (feeds | marks.Separator) >> 63;
            _recordStart = feeds >> 63 != 0;
            return new CsvBlock { Ends = marks.Separator | lines, RowEnds = lines, Lines = lines };
        }

        return StepQuoted(text, dialect, valid, marks, lines);
    }

    private unsafe CsvBlock StepQuoted(byte* text, CsvDialect dialect, ulong valid, in CsvMasks marks, ulong lines)
    {
        ulong bad = 0;
        if (marks.Comment != 0 || _comment || !TryPairs(marks, valid, out var inside))
            inside = Walk(text, dialect, valid, out bad);
        return new CsvBlock { Ends = (marks.Separator | lines) & ~inside, RowEnds = lines & ~inside, Lines = lines, Bad = bad };
    }

    private bool TryPairs(in CsvMasks marks, ulong valid, out ulong inside)
    {
        inside = CsvMasks.Odd(marks.Quote) ^ _quoted;
        var opens = marks.Quote & inside;
        var closes = marks.Quote & ~inside;
        var feeds = (marks.LineFeed | marks.Return) & ~inside;
        var ends = feeds | (marks.Separator & ~inside);
        var afterClose = (closes << 1) | _closed;
        var wrongOpen = opens & ~((ends << 1) | _boundary | afterClose);
        var wrongFollower = afterClose & valid & ~(ends | opens);
        if ((wrongOpen | wrongFollower) != 0)
            return false;
        _quoted = (ulong)((long)inside >> 63);
        _boundary = ends >> 63;
        _closed = closes >> 63;
        _recordStart = feeds >> 63 != 0;
        return true;
    }

    /// <summary>Goes byte by byte; gives the bytes that are inside quotes or comments.</summary>
    private unsafe ulong Walk(byte* text, CsvDialect dialect, ulong valid, out ulong bad)
    {
        ulong inside = 0;
        bad = 0;
        for (var i = 0; i < 64 - BitOperations.LeadingZeroCount(valid); i++)
        {
            var bit = 1UL << i;
            if (Take(text[i], dialect, out var isBad))
                inside |= bit;
            if (isBad)
                bad |= bit;
        }

        return inside;
    }

    /// <summary>Goes over one byte; whether it is inside quotes or a comment, so that it cannot end a field.</summary>
    internal bool Take(byte value, CsvDialect dialect, out bool isBad)
    {
        isBad = false;
        var isLineEnd = value is (byte)'\n' or (byte)'\r';
        _return = value == '\r' ? 1UL : 0;
        if (_comment && !isLineEnd)
            return true;
        if (_quoted != 0)
        {
            if (value != dialect.Quote)
                return true;
            _quoted = 0;
            _closed = 1;
            return false;
        }

        var afterClose = _closed != 0;
        var atStart = _boundary != 0;
        var atRecordStart = _recordStart;
        _closed = 0;
        _comment = false;
        _boundary = isLineEnd || value == dialect.Separator ? 1UL : 0;
        _recordStart = isLineEnd;
        if (_boundary != 0)
            return false;
        if (value == dialect.Quote && (afterClose || atStart))
        {
            _quoted = ulong.MaxValue;
            return true;
        }

        isBad = afterClose;
        _comment = atRecordStart && value == dialect.Comment;
        return _comment;
    }
}
