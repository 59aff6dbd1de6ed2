using System.Buffers;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>
/// Keys of one column of whole numbers with their rows, as they come: nothing is hashed while values lie so close together that a bit each tells
/// which are there twice, or while batches only rise, so that their ends tell that none is. Row numbers and times in order cost next to nothing.
/// </summary>
internal sealed class WholeKeys(WholeForm form, SpillSpace space) : IDisposable
{
    /// <summary>The bits a key may take at most.</summary>
    private const int BitsPerKey = 64;

    private const ulong FreeBits = 1 << 20;

    private readonly Spool _spool = new(space);
    private ulong _least = ulong.MaxValue;
    private ulong _greatest;
    private bool _onlyRises = true;

    /// <summary>Takes pieces.</summary>
    public delegate void Reader(WholePiece piece);

    public long Count { get; private set; }

    public WholeForm Form => form;

    public SpillSpace Space => space;

    public ulong Least => _least;

    /// <summary>How far apart the ends are.</summary>
    public ulong Span => Count == 0 ? 0 : _greatest - _least;

    /// <summary>Whether every batch was rising, so that its ends stand for it.</summary>
    public bool OnlyRises => _onlyRises;

    /// <summary>Whether a bit for each value between the ends is no more than the keys would take otherwise.</summary>
    public bool AreDense => AreDenseIn(Span, Count);

    /// <summary>Adds the keys of the rows that are checked.</summary>
    /// <returns>False, and nothing is added, where these keys are better hashed.</returns>
    public bool TryAdd(RuleBatch batch, IArrowArray column, ReadOnlySpan<RowMark> marks)
    {
        if (marks.IsEmpty)
            return true;
        var follow = batch.RowsFollow && Marks.Count(marks, RowMark.Holds) == marks.Length;
        if (follow && form.IsRun(column, out var least))
        {
            if (!Accept(least, least + (ulong)(marks.Length - 1), marks.Length, rises: true))
                return false;
            WholePiece.Write(_spool, least, marks.Length, batch.FirstRow);
        }
        else if (!TryAddEach(batch, column, marks, follow))
        {
            return false;
        }

        if (space.IsFull)
            _spool.Spill();
        return true;
    }

    /// <summary>Takes in other keys.</summary>
    /// <param name="other">The others; empty afterwards.</param>
    /// <param name="rowsBefore">What to add to their row numbers.</param>
    public void Merge(WholeKeys other, long rowsBefore)
    {
        if (rowsBefore == 0 && ReferenceEquals(space, other.Space))
            _spool.Take(other._spool);
        else
            other.Read(piece => Append(piece, rowsBefore));
        (_least, _greatest) = (Math.Min(_least, other._least), Math.Max(_greatest, other._greatest));
        _onlyRises &= other._onlyRises;
        Count += other.Count;
    }

    /// <summary>Reads all pieces; may be called again.</summary>
    public void Read(Reader reader) => _spool.Read(bytes =>
    {
        while (!bytes.IsEmpty)
        {
            var piece = new WholePiece(bytes);
            reader(piece);
            bytes = bytes[piece.Length..];
        }
    });

    /// <summary>Hashes all keys into a store.</summary>
    public void CopyTo(KeyStore store)
    {
        if (space.Left < Count * 24)
            _spool.Spill();
        var records = new KeyRecord[WholePiece.Most];
        var values = new ulong[WholePiece.Most];
        Read(piece =>
        {
            for (var start = 0; start < piece.Count; start += values.Length)
            {
                var part = values.AsSpan(0, Math.Min(values.Length, piece.Count - start));
                piece.Decode(start, part);
                for (var i = 0; i < part.Length; i++)
                    records[i] = new KeyRecord(form.KeyOf(part[i]), piece.RowOf(start + i));
                store.Add(records.AsSpan(0, part.Length));
            }
        });
    }

    public void Dispose() => _spool.Dispose();

    private static bool AreDenseIn(ulong span, long count) => span < Math.Max(FreeBits, BitsPerKey * (ulong)count);

    private bool TryAddEach(RuleBatch batch, IArrowArray column, ReadOnlySpan<RowMark> marks, bool follow)
    {
        var values = ArrayPool<ulong>.Shared.Rent(marks.Length);
        var rows = ArrayPool<int>.Shared.Rent(marks.Length);
        try
        {
            form.Read(column, values);
            var count = follow ? marks.Length : Compact(batch, marks, values, rows);
            var keys = values.AsSpan(0, count);
            if (count == 0)
                return true;
            var (least, greatest, rises) = Ends(keys);
            if (!Accept(least, greatest, count, rises))
                return false;
            for (var start = 0; start < count; start += WholePiece.Most)
            {
                var part = keys[start..Math.Min(count, start + WholePiece.Most)];
                if (follow)
                    WholePiece.Write(_spool, part, batch.FirstRow + start, []);
                else
                    WholePiece.Write(_spool, part, batch.RowNumber(0), rows.AsSpan(start, part.Length));
            }

            return true;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(values);
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    /// <summary>Moves the values of checked rows to the front, with their rows counted from the batch's first.</summary>
    private static int Compact(RuleBatch batch, ReadOnlySpan<RowMark> marks, Span<ulong> values, Span<int> rows)
    {
        var count = 0;
        var first = batch.RowNumber(0);
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] != RowMark.Holds)
                continue;
            values[count] = values[i];
            rows[count++] = checked((int)(batch.RowNumber(i) - first));
        }

        return count;
    }

    private static (ulong Least, ulong Greatest, bool Rises) Ends(ReadOnlySpan<ulong> values)
    {
        var (least, greatest, rises, before) = (values[0], values[0], true, values[0]);
        foreach (var value in values[1..])
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            rises &= value > before;
            before = value;
        }

        return (least, greatest, rises);
    }

    /// <summary>Decides whether a batch goes with those before it.</summary>
    private bool Accept(ulong least, ulong greatest, int count, bool rises)
    {
        var isBeyond = Count == 0 || least > _greatest || greatest < _least;
        var (low, high) = (Math.Min(_least, least), Math.Max(_greatest, greatest));
        if (!AreDenseIn(high - low, Count + count) && !(_onlyRises && rises && isBeyond))
            return false;
        (_least, _greatest) = (low, high);
        _onlyRises &= rises;
        Count += count;
        return true;
    }

    private void Append(WholePiece piece, long rowsBefore)
    {
        var first = piece.RowOf(0);
        if (piece.IsRun)
        {
            WholePiece.Write(_spool, piece.Least, piece.Count, first + rowsBefore);
        }
        else
        {
            Span<ulong> values = stackalloc ulong[WholePiece.Most];
            Span<int> rows = stackalloc int[WholePiece.Most];
            piece.Decode(0, values[..piece.Count]);
            for (var i = 0; i < piece.Count; i++)
                rows[i] = (int)(piece.RowOf(i) - first);
            WholePiece.Write(_spool, values[..piece.Count], first + rowsBefore, rows[..piece.Count]);
        }

        if (space.IsFull)
            _spool.Spill();
    }
}
