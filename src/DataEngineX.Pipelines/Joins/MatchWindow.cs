using System.Buffers;

namespace DataEngineX.Pipelines;

/// <summary>Pairs of a streamed row and a held row, at most as many as an output batch has. Scratch of one batch.</summary>
internal sealed class MatchWindow(int capacity) : IDisposable
{
    private int[]? _rows = ArrayPool<int>.Shared.Rent(capacity);
    private int[]? _partners = ArrayPool<int>.Shared.Rent(capacity);

    /// <summary>How many pairs there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a pair has no held row.</summary>
    public bool AnyMissing { get; private set; }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<int> Partners => _partners.AsSpan(0, Count);

    /// <summary>Fills the window with the next pairs.</summary>
    /// <param name="heads">The first partner of each row, or -1.</param>
    /// <param name="table">Knows further partners.</param>
    /// <param name="keepsUnmatched">Whether a row without a partner is paired with -1.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <returns>Whether there is a pair.</returns>
    public bool Fill(ReadOnlySpan<int> heads, JoinTable table, bool keepsUnmatched, ref MatchCursor cursor)
    {
        AnyMissing = false;
        if (!table.IsUnique)
            FillChained(heads, table, keepsUnmatched, ref cursor);
        else if (keepsUnmatched)
            FillAll(heads, ref cursor);
        else
            FillMatched(heads, ref cursor);
        return Count > 0;
    }

    /// <summary>Keeps the pairs that a condition keeps.</summary>
    public void Keep(ReadOnlySpan<int> kept)
    {
        for (var i = 0; i < kept.Length; i++)
        {
            _rows![i] = _rows[kept[i]];
            _partners![i] = _partners[kept[i]];
        }

        Count = kept.Length;
    }

    public void Dispose()
    {
        if (_rows is null)
            return;
        ArrayPool<int>.Shared.Return(_rows);
        ArrayPool<int>.Shared.Return(_partners!);
        (_rows, _partners) = (null, null);
    }

    /// <summary>Each row has one partner or none. Without a branch on it, because which rows match cannot be foreseen.</summary>
    private void FillMatched(ReadOnlySpan<int> heads, ref MatchCursor cursor)
    {
        var count = 0;
        while (count == 0 && cursor.Row < heads.Length)
        {
            var end = (int)Math.Min(heads.Length, cursor.Row + (long)capacity);
            var rows = _rows.AsSpan(0, end - cursor.Row);
            var partners = _partners.AsSpan(0, end - cursor.Row);
            for (var row = cursor.Row; row < end; row++)
            {
                var head = heads[row];
                rows[count] = row;
                partners[count] = head;
                count += (int)(~(uint)head >> 31);
            }

            cursor.Row = end;
        }

        Count = count;
    }

    private void FillAll(ReadOnlySpan<int> heads, ref MatchCursor cursor)
    {
        var end = (int)Math.Min(heads.Length, cursor.Row + (long)capacity);
        var part = heads[cursor.Row..end];
        part.CopyTo(_partners);
        for (var i = 0; i < part.Length; i++)
            _rows![i] = cursor.Row + i;
        Count = part.Length;
        AnyMissing = part.Contains(-1);
        cursor.Row = end;
    }

    private void FillChained(ReadOnlySpan<int> heads, JoinTable table, bool keepsUnmatched, ref MatchCursor cursor)
    {
        var (count, row, partner) = (0, cursor.Row, cursor.Partner);
        var rows = _rows.AsSpan(0, capacity);
        var partners = _partners.AsSpan(0, capacity);
        while (count < rows.Length && row < heads.Length)
        {
            if (partner == MatchCursor.First)
                partner = heads[row];
            if (partner >= 0 || keepsUnmatched)
            {
                rows[count] = row;
                partners[count++] = partner;
                AnyMissing |= partner < 0;
            }

            partner = partner < 0 ? -1 : table.Next(partner);
            if (partner < 0)
                (row, partner) = (row + 1, MatchCursor.First);
        }

        Count = count;
        (cursor.Row, cursor.Partner) = (row, partner);
    }
}
