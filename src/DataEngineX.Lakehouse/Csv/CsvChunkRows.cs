using System.Buffers;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Sorts the records of a chunk into rows with the right number of fields and records that have another.</summary>
internal sealed class CsvChunkRows : IDisposable
{
    private readonly List<(int Number, int Fields)> _bad = [];
    private int[] _first = ArrayPool<int>.Shared.Rent(1 << 10);
    private int[] _starts = ArrayPool<int>.Shared.Rent(1 << 10);
    private int[] _numbers = ArrayPool<int>.Shared.Rent(1 << 10);

    /// <summary>For each row the index of its first field's end.</summary>
    internal int[] First => _first;

    /// <summary>For each row its first byte.</summary>
    internal int[] Starts => _starts;

    /// <summary>For each row its number among all records of the chunk.</summary>
    internal int[] Numbers => _numbers;

    /// <summary>How many rows.</summary>
    internal int Count { get; private set; }

    /// <summary>Records that are set aside, with the number of their fields, or -1 where text follows a closing quote; in order.</summary>
    internal IReadOnlyList<(int Number, int Fields)> Bad => _bad;

    /// <summary>Sorts the records.</summary>
    internal unsafe void Read(byte* text, int length, CsvMarks marks, int fields, CsvDialect dialect, bool skipHeader)
    {
        _bad.Clear();
        var count = marks.RowCount;
        Ensure(ref _first, count);
        Ensure(ref _starts, count);
        Ensure(ref _numbers, count);
        var rows = 0;
        var badQuotes = 0;
        var isRegular = marks.BadRows.Count == 0 && !dialect.HasComments && !skipHeader;
        fixed (int* ends = marks.Ends, rowEnds = marks.RowEnds, first = _first, starts = _starts, numbers = _numbers)
        {
            int last = 0, start = 0;
            for (var number = 0; number < count; number++)
            {
                var end = rowEnds[number];
                var found = end - last;
                first[rows] = last + 1;
                starts[rows] = start;
                numbers[rows] = number;
                if (isRegular && found == fields && (fields > 1 || ends[end] > start))
                {
                    rows++;
                }
                else if (!(found == 1 && (ends[end] == start || text[start] == dialect.Comment)))
                {
                    while (badQuotes < marks.BadRows.Count && marks.BadRows[badQuotes] < number)
                        badQuotes++;
                    if (skipHeader)
                        skipHeader = false;
                    else if (badQuotes < marks.BadRows.Count && marks.BadRows[badQuotes] == number)
                        _bad.Add((number, -1));
                    else if (found != fields)
                        _bad.Add((number, found));
                    else
                        rows++;
                    isRegular = marks.BadRows.Count == 0 && !dialect.HasComments;
                }

                last = end;
                start = ends[end] + 1;
                if (text[start - 1] == '\r' && start < length && text[start] == '\n')
                    start++;
            }
        }

        Count = rows;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_first);
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_numbers);
        _first = _starts = _numbers = [];
    }

    private static void Ensure(ref int[] array, int count)
    {
        if (array.Length > count)
            return;
        ArrayPool<int>.Shared.Return(array);
        array = ArrayPool<int>.Shared.Rent(count + 1);
    }
}
