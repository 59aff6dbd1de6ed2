using Apache.Arrow;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>Walks over the items of the lists in each row, as many at a time as there is room for, and accounts for the rows.</summary>
internal sealed class ListCursor(IReadOnlyList<IArrowArray> lists, IReadOnlyList<string> names, bool keepEmpty, RowAccount account)
{
    /// <summary>The place of the null that stands for the item of a row without any.</summary>
    public const int NoItem = -1;

    private int _row;
    private int _place;

    /// <summary>Fills the row of each item and its place in the list; the number filled is 0 at the end.</summary>
    public int Fill(Span<int> parents, Span<int> places)
    {
        var offsets = Columns.Offsets(lists[0].Data);
        var valid = Bits.Validity(lists[0].Data);
        var (count, dropped, expanded) = (0, 0L, 0L);
        for (; _row < lists[0].Length; _row++, _place = 0)
        {
            var length = valid[_row] ? offsets[_row + 1] - offsets[_row] : 0;
            if (_place == 0 && lists.Count > 1)
                DemandLength(length);
            if (length == 0 && !keepEmpty)
            {
                dropped++;
                continue;
            }

            if (count == parents.Length)
                break;
            var taken = Math.Min(Math.Max(length, 1) - _place, parents.Length - count);
            parents.Slice(count, taken).Fill(_row);
            for (var i = 0; i < taken; i++)
                places[count + i] = length == 0 ? NoItem : _place + i;
            expanded += _place == 0 ? taken - 1 : taken;
            count += taken;
            _place += taken;
            if (_place < length)
                break;
        }

        account.Add(RowFlow.Filtered, dropped);
        account.Add(RowFlow.Expanded, expanded);
        return count;
    }

    /// <summary>Where the items stand among all items of a list column, or -1.</summary>
    public static void Items(IArrowArray list, ReadOnlySpan<int> parents, ReadOnlySpan<int> places, Span<int> items)
    {
        var offsets = Columns.Offsets(list.Data);
        for (var i = 0; i < parents.Length; i++)
            items[i] = places[i] == NoItem ? -1 : offsets[parents[i]] + places[i];
    }

    private void DemandLength(int length)
    {
        for (var i = 1; i < lists.Count; i++)
        {
            var offsets = Columns.Offsets(lists[i].Data);
            var other = Bits.Validity(lists[i].Data)[_row] ? offsets[_row + 1] - offsets[_row] : 0;
            if (other != length)
            {
                throw new MalformedDataException(
                    $"explode: in row {_row} of a batch '{names[0]}' has {length} items and '{names[i]}' has {other}; lists walked together must be of one length: "
                    + "explode one of them, or make them equal before.",
                    names[i]);
            }
        }
    }
}
