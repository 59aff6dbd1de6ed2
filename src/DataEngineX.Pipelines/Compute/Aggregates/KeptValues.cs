using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Values with the groups they belong to, as they came: in pieces, so that none is moved when more come.</summary>
internal sealed class KeptValues(MemoryAllocator allocator) : IDisposable
{
    private const int LeastRows = 1 << 10;
    private const int MostRows = 1 << 15;

    private readonly List<Piece> _pieces = [];

    public int Count { get; private set; }

    /// <summary>Makes room for rows, which the caller fills; those it does not need it gives back with <see cref="DropLast"/>.</summary>
    public void Add(int rows, out Span<int> groups, out Span<double> values)
    {
        if (_pieces.Count == 0 || !_pieces[^1].HasRoom(rows))
            _pieces.Add(new Piece(allocator, Math.Max(rows, Math.Clamp(Count, LeastRows, MostRows))));
        Count = checked(Count + rows);
        _pieces[^1].Extend(rows, out groups, out values);
    }

    /// <summary>Takes the last rows back.</summary>
    public void DropLast(int rows)
    {
        Count -= rows;
        _pieces[^1].DropLast(rows);
    }

    /// <summary>Takes all values over, whose groups have other numbers here.</summary>
    public void Absorb(KeptValues other, ReadOnlySpan<int> numbers)
    {
        foreach (var piece in other._pieces)
        {
            foreach (ref var group in piece.Groups)
                group = numbers[group];
        }

        Count = checked(Count + other.Count);

        // A piece with room at the end goes on being filled, so what is full stands before it.
        _pieces.InsertRange(0, other._pieces);
        other._pieces.Clear();
        other.Count = 0;
    }

    /// <summary>Counting sort by group. Nothing is kept here afterwards.</summary>
    /// <param name="starts">Zeros; gets where each group starts, and the end.</param>
    /// <returns>The values in the order of the groups, owned by the caller.</returns>
    public OutputBuffer<double> Sort(Span<int> starts)
    {
        foreach (var piece in _pieces)
        {
            foreach (var group in piece.Groups)
                starts[group + 1]++;
        }

        for (var g = 1; g < starts.Length; g++)
            starts[g] += starts[g - 1];
        var sorted = new OutputBuffer<double>(allocator, Count);
        using var nextRoom = new Rented<int>(starts.Length);
        starts.CopyTo(nextRoom.Span);
        // No bounds checks: every group was just counted.
        ref var next = ref MemoryMarshal.GetReference(nextRoom.Span);
        ref var target = ref MemoryMarshal.GetReference(sorted.Span);
        foreach (var piece in _pieces)
        {
            ReadOnlySpan<int> groups = piece.Groups;
            var values = piece.Values[..groups.Length];
            for (var i = 0; i < groups.Length; i++)
                Unsafe.Add(ref target, Unsafe.Add(ref next, groups[i])++) = values[i];
        }

        Clear();
        return sorted;
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        foreach (var piece in _pieces)
            piece.Dispose();
        _pieces.Clear();
        Count = 0;
    }

    private sealed class Piece : IDisposable
    {
        private readonly OutputBuffer<int> _groups;
        private readonly OutputBuffer<double> _values;
        private readonly int _capacity;

        public Piece(MemoryAllocator allocator, int capacity)
        {
            _capacity = capacity;
            _groups = new OutputBuffer<int>(allocator, capacity);
            try
            {
                _values = new OutputBuffer<double>(allocator, capacity);
            }
            catch
            {
                _groups.Dispose();
                throw;
            }

            _groups.Extend(0);
        }

        public Span<int> Groups => _groups.Span;

        public Span<double> Values => _values.Span;

        public bool HasRoom(int rows) => _groups.Length + (long)rows <= _capacity;

        public void Extend(int rows, out Span<int> groups, out Span<double> values)
        {
            var from = _groups.Length;
            _groups.Extend(from + rows);
            groups = _groups.Span[from..];
            values = _values.Span.Slice(from, rows);
        }

        public void DropLast(int rows) => _groups.Extend(_groups.Length - rows);

        public void Dispose()
        {
            _groups.Dispose();
            _values.Dispose();
        }
    }
}
