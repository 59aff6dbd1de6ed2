using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Orders rows whose encoded keys are equal but do not hold the whole values.</summary>
internal sealed class TieBreaker
{
    /// <summary>Up to here values are compared in place; beyond, the rows are encoded again from their own, narrower ranges.</summary>
    private const int Few = 48;

    private readonly RowChunks _chunks;
    private readonly RowOrder[] _orders;
    private readonly SortComparer[] _comparers;
    private readonly MemoryAllocator _allocator;
    private readonly int _decided;

    /// <param name="chunks">The rows, borrowed.</param>
    /// <param name="orders">All keys.</param>
    /// <param name="decided">How many leading keys are equal whenever the encoded bits are.</param>
    /// <param name="allocator">Where copies of keys are allocated.</param>
    public TieBreaker(RowChunks chunks, IReadOnlyList<RowOrder> orders, int decided, MemoryAllocator allocator)
    {
        _chunks = chunks;
        _orders = [.. orders.Skip(decided)];
        _comparers = [.. _orders.Select(o => SortComparer.Create(chunks.Column(o.Column), o))];
        _allocator = allocator;
        _decided = decided;
    }

    /// <summary>Orders each run of equal keys; the elements are sorted.</summary>
    public void Break(Span<SortElement> elements)
    {
        int start = 0;
        for (int i = 1; i <= elements.Length; i++)
        {
            if (i < elements.Length && elements[i].HasKeyOf(elements[start]))
            {
                continue;
            }

            if (i - start > Few && (_decided > 0 || i - start < _chunks.Rows))
            {
                SortAgain(elements[start..i]);
            }
            else if (i - start > Few)
            {
                // All rows by all keys were encoded already and are alike so far: encoding them again would change nothing.
                elements[start..i].Sort(CompareOrPlace);
            }
            else if (i - start > 1)
            {
                Insert(elements[start..i]);
            }

            start = i;
        }
    }

    private void Insert(Span<SortElement> elements)
    {
        for (int i = 1; i < elements.Length; i++)
        {
            SortElement element = elements[i];
            int at = i;
            while (at > 0 && Compare(element.Row, elements[at - 1].Row) < 0)
            {
                elements[at] = elements[at - 1];
                at--;
            }

            elements[at] = element;
        }
    }

    /// <summary>Equal rows keep their places, which this sort alone would not see to.</summary>
    private int CompareOrPlace(SortElement left, SortElement right)
    {
        int compared = Compare(left.Row, right.Row);
        return compared != 0 ? compared : left.Row.CompareTo(right.Row);
    }

    private int Compare(uint left, uint right)
    {
        foreach (SortComparer comparer in _comparers)
        {
            int compared = comparer.Compare(left, right);
            if (compared != 0)
            {
                return compared;
            }
        }

        return 0;
    }

    /// <summary>The values of these rows share what was encoded so far, so a new encoding of fewer rows or keys starts behind it and gets further.</summary>
    private void SortAgain(Span<SortElement> elements)
    {
        using var rented = new Rented<uint>(elements.Length);
        Span<uint> rows = rented.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = elements[i].Row;
        }

        var keys = new IArrowArray?[_orders.Length];
        try
        {
            for (int k = 0; k < keys.Length; k++)
            {
                keys[k] = RowGather.Take(_chunks, _orders[k].Column, rows, _allocator);
            }

            uint[] order = Ordering.Of(keys!, [.. _orders.Select((o, k) => o with { Column = k })], _allocator);
            for (int i = 0; i < order.Length; i++)
            {
                elements[i] = new SortElement(elements[i].High, (elements[i].Low & ~(ulong)uint.MaxValue) | rows[(int)order[i]]);
            }
        }
        finally
        {
            foreach (IArrowArray? key in keys)
            {
                key?.Dispose();
            }
        }
    }
}
