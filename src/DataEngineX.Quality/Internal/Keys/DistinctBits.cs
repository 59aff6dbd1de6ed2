using System.Buffers;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>The different values of a column as bits, as long as they are whole numbers, or texts that stand for some, and lie close together.</summary>
internal sealed class DistinctBits(StoredColumn column, SpillSpace space) : IDisposable
{
    private readonly WholeForm? _form = WholeForm.Of(column.Type);
    private readonly ValueBits _bits = new(space);
    private SerialTexts? _texts;
    private long _rows;
    private bool _isOver;

    public bool IsEmpty => _bits.IsEmpty;

    public long Count => _bits.Count;

    /// <summary>Adds the rows that are checked.</summary>
    /// <returns>How many they are; -1, and nothing is added, where values are others or lie too far apart, which is so for all that follow.</returns>
    public long TryAdd(IArrowArray values, ReadOnlySpan<RowMark> marks)
    {
        if (_isOver)
            return -1;
        var numbers = ArrayPool<ulong>.Shared.Rent(Math.Max(1, marks.Length));
        var count = Read(values, marks, numbers);
        if (count >= 0 && _bits.TryAdd(numbers.AsSpan(0, count), _rows + count))
            _rows += count;
        else
            (_isOver, count) = (true, -1);
        ArrayPool<ulong>.Shared.Return(numbers);
        return count;
    }

    /// <summary>Adds what another one of the same column has.</summary>
    /// <returns>False, and nothing is added, where the two do not go together.</returns>
    public bool TryMerge(DistinctBits other)
    {
        if (other.IsEmpty)
            return true;
        if (_isOver || (_texts is { } texts && other._texts is { } others && !texts.IsSame(others)) || !_bits.TryAdd(other._bits, _rows + other._rows))
            return false;
        _texts ??= other._texts;
        _rows += other._rows;
        return true;
    }

    /// <summary>Moves all values to a store, each with the number one.</summary>
    public void MoveTo(KeyStore store)
    {
        var keys = new Key16[1024];
        var count = 0;
        _bits.Visit(value =>
        {
            keys[count++] = _form is { } form ? form.KeyOf(value) : _texts!.KeyOf(value);
            if (count < keys.Length)
                return;
            store.AddOnes(keys);
            count = 0;
        });
        store.AddOnes(keys.AsSpan(0, count));
        _bits.Dispose();
        _rows = 0;
    }

    public void Dispose() => _bits.Dispose();

    private int Read(IArrowArray values, ReadOnlySpan<RowMark> marks, Span<ulong> numbers)
    {
        if (_form is { } form)
            return Read(form, values, marks, numbers);
        if (values is not StringArray)
            return -1;
        var texts = new TextColumn(values);
        var first = marks.IndexOf(RowMark.Holds);
        if (first < 0)
            return 0;
        _texts ??= SerialTexts.Of(texts[first]);
        return _texts?.TryRead(texts, marks, numbers) ?? -1;
    }

    private static int Read(WholeForm form, IArrowArray values, ReadOnlySpan<RowMark> marks, Span<ulong> numbers)
    {
        form.Read(values, numbers);
        var count = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            numbers[count] = numbers[i];
            count += marks[i] == RowMark.Holds ? 1 : 0;
        }

        return count;
    }
}
