using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Finds where the fields of a chunk end. The lists are kept from chunk to chunk, so that nothing is allocated once they are large enough.</summary>
internal sealed class CsvMarks : IDisposable
{
    private int[] _ends = ArrayPool<int>.Shared.Rent(1 << 12);
    private int[] _rowEnds = ArrayPool<int>.Shared.Rent(1 << 10);

    /// <summary>The place of each field's end, from index 1; at a carriage return and line feed that of the return.</summary>
    internal int[] Ends => _ends;

    /// <summary>For each record the index of its last field's end.</summary>
    internal int[] RowEnds => _rowEnds;

    /// <summary>How many records there are, with blank lines and comments.</summary>
    internal int RowCount { get; private set; }

    /// <summary>For each line end inside quotes the number of the record it stands in; in order.</summary>
    internal List<int> QuotedLines { get; } = [];

    /// <summary>The records in which text follows a closing quote; in order, some more than once.</summary>
    internal List<int> BadRows { get; } = [];

    /// <summary>Reads a chunk that starts at a record's start and ends at a record's or the file's end.</summary>
    /// <param name="text">The chunk, with readable bytes behind it.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="dialect">The marks.</param>
    /// <returns>Whether the text ends inside quotes.</returns>
    internal unsafe bool Read(byte* text, int length, CsvDialect dialect)
    {
        QuotedLines.Clear();
        BadRows.Clear();
        var state = CsvState.RecordStart;
        int count = 1, rows = 0;
        for (var at = 0; at < length; at += 64)
        {
            var valid = length - at >= 64 ? ulong.MaxValue : (1UL << (length - at)) - 1;
            var block = state.Step(text + at, dialect, valid);
            if (count + 80 >= _ends.Length)
                Grow(ref _ends, count);
            if (rows + 65 >= _rowEnds.Length)
                Grow(ref _rowEnds, rows);
            if ((block.Bad | (block.Lines ^ block.RowEnds)) != 0)
                Note(block, rows);
            ref var rowEnd = ref _rowEnds[rows];
            for (var bits = block.RowEnds; bits != 0; bits &= bits - 1)
            {
                rowEnd = count + Before(block.Ends, bits);
                rowEnd = ref Unsafe.Add(ref rowEnd, 1);
            }

            rows += BitOperations.PopCount(block.RowEnds);
            Put(ref _ends[count], block.Ends, at);
            count += BitOperations.PopCount(block.Ends);
        }

        // A last record without a line end ends with the text.
        if (TailStart(text, rows, length) < length)
        {
            _ends[count] = length;
            _rowEnds[rows++] = count;
        }

        RowCount = rows;
        return state.IsQuoted;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_ends);
        ArrayPool<int>.Shared.Return(_rowEnds);
        _ends = _rowEnds = [];
    }

    /// <summary>Where a record starts: after the end of the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe int StartOf(byte* text, int row, int length)
    {
        if (row == 0)
            return 0;
        var end = _ends[_rowEnds[row - 1]];
        return end + (text[end] == '\r' && end + 1 < length && text[end + 1] == '\n' ? 2 : 1);
    }

    private unsafe int TailStart(byte* text, int rows, int length) => rows == 0 ? 0 : StartOf(text, rows, length);

    private void Note(in CsvBlock block, int rows)
    {
        for (var bits = block.Lines & ~block.RowEnds; bits != 0; bits &= bits - 1)
            QuotedLines.Add(rows + Before(block.RowEnds, bits));
        for (var bits = block.Bad; bits != 0; bits &= bits - 1)
            BadRows.Add(rows + Before(block.RowEnds, bits));
    }

    private static int Before(ulong mask, ulong bits) => BitOperations.PopCount(mask & ((1UL << BitOperations.TrailingZeroCount(bits)) - 1));

    // Eight places are written at a time, whether or not there are so many: the branch on the count is what costs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref int to, ulong bits, int at)
    {
        while (bits != 0)
        {
            for (var i = 0; i < 8; i++)
            {
                Unsafe.Add(ref to, i) = at + BitOperations.TrailingZeroCount(bits);
                bits &= bits - 1;
            }

            to = ref Unsafe.Add(ref to, 8);
        }
    }

    private static void Grow(ref int[] array, int used)
    {
        var larger = ArrayPool<int>.Shared.Rent(array.Length * 2);
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<int>.Shared.Return(array);
        array = larger;
    }
}
