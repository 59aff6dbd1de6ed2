using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>
/// The order of the rows of some chunks, found in steps that several threads share: rows are encoded a chunk a task, spread over ranges of
/// keys a slice a task, and each range is sorted by itself when it is asked for. Ranges follow each other in order.
/// </summary>
internal sealed class SortedRows : IDisposable
{
    private const int MostParts = 256;
    private const int RowsOfPart = 1 << 16;
    private const int SamplesOfPart = 32;

    private readonly RowChunks _chunks;
    private readonly IReadOnlyList<RowOrder> _orders;
    private readonly SortLayout _layout;
    private readonly int _splitBits;
    private readonly MemoryAllocator _allocator;
    private readonly int[] _starts;
    private readonly int[][] _counts;
    private readonly int[] _ends;
    private readonly TieBreaker? _ties;
    private readonly OutputBuffer<SortElement> _encoded;
    private OutputBuffer<SortElement>? _spread;
    private OutputBuffer<byte>? _partOfRow;
    private SortElement[] _splitters = [];

    /// <param name="chunks">The rows, borrowed.</param>
    /// <param name="orders">The keys, most significant first.</param>
    /// <param name="ranges">From which range the values of each key are.</param>
    /// <param name="wholeKeys">Rows that are equal in so many leading keys stay in one part; 0 when parts may be cut anywhere.</param>
    /// <param name="allocator">Where elements are allocated: 33 bytes a row.</param>
    /// <param name="mostParts">The number of parts is at most this; below 2 there is one.</param>
    public SortedRows(
        RowChunks chunks,
        IReadOnlyList<RowOrder> orders,
        IReadOnlyList<SortRange> ranges,
        int? wholeKeys,
        MemoryAllocator allocator,
        int mostParts = MostParts)
    {
        _chunks = chunks;
        _orders = orders;
        _allocator = allocator;
        _layout = SortLayout.Create(orders, ranges);
        bool isExact = _layout.ExactKeys == orders.Count;
        _splitBits = wholeKeys is { } whole ? _layout.BitsOf(whole) : isExact ? 128 : _layout.KeyBits;
        _starts = new int[chunks.Count + 1];
        for (int chunk = 0; chunk < chunks.Count; chunk++)
        {
            _starts[chunk + 1] = checked(_starts[chunk] + chunks.Length(chunk));
        }

        int parts = (int)Math.Min(Math.Min(mostParts, MostParts), (chunks.Rows / RowsOfPart) + 1);
        Parts = wholeKeys == 0 ? 1 : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, parts));
        _counts = new int[Tasks][];
        _ends = new int[Parts];
        _ties = isExact ? null : new TieBreaker(chunks, orders, _layout.ExactKeys, allocator);
        _encoded = new OutputBuffer<SortElement>(allocator, _starts[^1]);
    }

    /// <summary>The tasks of <see cref="Encode"/>, <see cref="Count"/> and <see cref="Spread"/>.</summary>
    public int Tasks => _chunks.Count;

    /// <summary>The number of ranges.</summary>
    public int Parts { get; }

    /// <summary>First step, tasks at once.</summary>
    public void Encode(int task)
    {
        var keys = new ArrayData[_layout.Fields.Length];
        for (int k = 0; k < keys.Length; k++)
        {
            keys[k] = _chunks.Data(task, _orders[k].Column);
        }

        SortEncoder.Encode(_layout, keys, Slice(_encoded, task), (uint)task << 16);
    }

    /// <summary>Second step, after all of the first: decides where ranges end.</summary>
    public void Split()
    {
        if (Parts == 1)
        {
            _ends[0] = _starts[^1];
            return;
        }

        ReadOnlySpan<SortElement> all = _encoded.Span;
        var sample = new SortElement[Parts * SamplesOfPart];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = all[(int)((long)i * all.Length / sample.Length)];
        }

        System.Array.Sort(sample);
        _splitters = new SortElement[Parts - 1];
        for (int p = 0; p < _splitters.Length; p++)
        {
            SortElement cut = sample[(p + 1) * SamplesOfPart];
            _splitters[p] = _splitBits == 128 ? cut : cut.Floor(_splitBits);
        }

        _spread = new OutputBuffer<SortElement>(_allocator, all.Length);
        _partOfRow = new OutputBuffer<byte>(_allocator, all.Length);
    }

    /// <summary>Third step, tasks at once: finds the range of each row.</summary>
    public void Count(int task)
    {
        if (Parts == 1)
        {
            return;
        }

        ReadOnlySpan<SortElement> elements = Slice(_encoded, task);
        Span<byte> parts = _partOfRow!.Span.Slice(_starts[task], elements.Length);
        var counts = new int[Parts];
        ref SortElement splitters = ref MemoryMarshal.GetArrayDataReference(_splitters);
        for (int i = 0; i < elements.Length; i++)
        {
            // A binary search without a branch that depends on data: mispredicted ones cost more than the compares.
            SortElement element = elements[i];
            int part = 0;
            for (int step = Parts >> 1; step > 0; step >>= 1)
            {
                ref SortElement splitter = ref System.Runtime.CompilerServices.Unsafe.Add(ref splitters, part + step - 1);
                bool below = element.High < splitter.High | (element.High == splitter.High & element.Low < splitter.Low);
                part += below ? 0 : step;
            }

            parts[i] = (byte)part;
            counts[part]++;
        }

        _counts[task] = counts;
    }

    /// <summary>Fourth step, after all of the third: where each task writes its rows.</summary>
    public void Place()
    {
        if (Parts == 1)
        {
            return;
        }

        int at = 0;
        for (int part = 0; part < Parts; part++)
        {
            foreach (int[] counts in _counts)
            {
                int count = counts[part];
                counts[part] = at;
                at += count;
            }

            _ends[part] = at;
        }
    }

    /// <summary>Fifth step, tasks at once: moves rows to their range.</summary>
    public void Spread(int task)
    {
        if (Parts == 1)
        {
            return;
        }

        ReadOnlySpan<SortElement> elements = Slice(_encoded, task);
        ReadOnlySpan<byte> parts = _partOfRow!.Span.Slice(_starts[task], elements.Length);
        Span<SortElement> target = _spread!.Span;
        int[] at = _counts[task];
        for (int i = 0; i < elements.Length; i++)
        {
            target[at[parts[i]]++] = elements[i];
        }
    }

    /// <summary>All steps but the last on this thread.</summary>
    public void Prepare()
    {
        for (int task = 0; task < Tasks; task++)
        {
            Encode(task);
        }

        Split();
        for (int task = 0; task < Tasks; task++)
        {
            Count(task);
        }

        Place();
        for (int task = 0; task < Tasks; task++)
        {
            Spread(task);
        }

        _partOfRow?.Dispose();
    }

    /// <summary>Rows of a range, known after the fourth step.</summary>
    public int LengthOf(int part) => _ends[part] - StartOf(part);

    /// <summary>Last step, once a range, ranges at once: the rows of a range in order.</summary>
    /// <param name="part">The range.</param>
    /// <param name="rows">Gets the row numbers, as many as the range has.</param>
    public void Sort(int part, Span<uint> rows)
    {
        int start = StartOf(part);
        Span<SortElement> encoded = _encoded.Span[start.._ends[part]];
        Span<SortElement> elements = encoded;
        if (_spread is null)
        {
            // A single part is sorted where it was encoded.
            using var room = new OutputBuffer<SortElement>(_allocator, encoded.Length);
            ElementSort.Sort(encoded, room.Span);
        }
        else
        {
            elements = _spread.Span[start.._ends[part]];
            ElementSort.Sort(elements, encoded);
        }

        _ties?.Break(elements);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = elements[i].Row;
        }
    }

    public void Dispose()
    {
        _encoded.Dispose();
        _spread?.Dispose();
        _partOfRow?.Dispose();
    }

    private int StartOf(int part) => part == 0 ? 0 : _ends[part - 1];

    private Span<SortElement> Slice(OutputBuffer<SortElement> buffer, int task) => buffer.Span[_starts[task].._starts[task + 1]];
}
