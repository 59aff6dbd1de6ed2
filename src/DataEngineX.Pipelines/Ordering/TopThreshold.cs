using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines;

/// <summary>
/// Once as many rows are known as are wanted, only rows whose leading key does not come after that of the last of them can be among the first.
/// They are found before anything is copied.
/// </summary>
internal sealed class TopThreshold(RowOrder order)
{
    private ArrayData? _last;

    public bool IsSet => _last is not null;

    /// <summary>Sets the rows known, in order.</summary>
    /// <param name="known">Borrowed until it is set again.</param>
    public void Set(RecordBatch known) => _last = RowChunks.Window(known.Column(order.Column).Data, known.Length - 1, 1);

    /// <summary>Writes the numbers of the rows that can still be among the first, and returns how many those are.</summary>
    public int Choose(RecordBatch batch, Span<int> rows)
    {
        if (_last is not { } last || batch.Length == 0)
        {
            for (var i = 0; i < batch.Length; i++)
                rows[i] = i;
            return batch.Length;
        }

        var keys = batch.Column(order.Column).Data;
        var chosen = TopKeys.Choose(keys, last, order, rows);
        return chosen >= 0 ? chosen : ChooseEncoded(keys, last, rows);
    }

    private int ChooseEncoded(ArrayData keys, ArrayData last, Span<int> rows)
    {
        var range = new SortRange();
        range.Add(last);
        range.Add(keys);
        var layout = SortLayout.Create([order], [range]);
        var limit = default(SortElement);
        SortEncoder.Encode(layout, [last], new Span<SortElement>(ref limit), 0);
        using var elements = new Rented<SortElement>(keys.Length);
        var encoded = elements.Span;
        SortEncoder.Encode(layout, [keys], encoded, 0);
        var (high, low) = (limit.High, limit.Low >> 32);
        var count = 0;
        for (var row = 0; row < keys.Length; row++)
        {
            // Without a branch, as long as it cannot be foreseen which rows stay.
            ref readonly var element = ref encoded[row];
            rows[count] = row;
            count += element.High < high | (element.High == high & element.Low >> 32 <= low) ? 1 : 0;
        }

        return count;
    }
}
