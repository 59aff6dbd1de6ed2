using System.Buffers;

namespace DataEngineX.Quality;

/// <summary>Records one after the other, in pages of the run's memory and in stretches of its file; a page holds whole records.</summary>
internal sealed class Spool(SpillSpace space) : IDisposable
{
    private const int FirstPage = 512;
    private const int LargestPage = 16 * 1024;

    private readonly List<Page> _pages = [];
    private readonly List<(long Offset, int Length)> _stretches = [];

    /// <summary>Takes records in the order in which they stand.</summary>
    public delegate void Reader(ReadOnlySpan<byte> records);

    public SpillSpace Space => space;

    /// <summary>The bytes written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Room for at least so many bytes; what is written there counts after <see cref="Commit"/>.</summary>
    public Span<byte> Room(int least)
    {
        if (_pages.Count == 0 || _pages[^1].Length - _pages[^1].Used < least)
        {
            var length = Math.Max(least, Math.Min(LargestPage, FirstPage << Math.Min(_pages.Count, 10)));
            _pages.Add(new Page(space.Take(length), length));
        }

        var page = _pages[^1];
        return page.Memory.Memory.Span[page.Used..page.Length];
    }

    public void Commit(int bytes)
    {
        _pages[^1].Used += bytes;
        Bytes += bytes;
    }

    /// <summary>Writes records of one length, as many to a page as fit.</summary>
    public void Write(ReadOnlySpan<byte> records, int recordLength)
    {
        while (!records.IsEmpty)
        {
            var room = Room(recordLength);
            var length = Math.Min(records.Length, room.Length - (room.Length % recordLength));
            records[..length].CopyTo(room);
            Commit(length);
            records = records[length..];
        }
    }

    /// <summary>Puts all pages aside.</summary>
    public void Spill()
    {
        foreach (var page in _pages)
        {
            var offset = space.Write(page.Memory.Memory.Span[..page.Used]);
            var (last, length) = _stretches.Count == 0 ? (-1, 0) : _stretches[^1];
            if (last + length == offset && length + page.Used <= 1 << 20)
                _stretches[^1] = (last, length + page.Used);
            else
                _stretches.Add((offset, page.Used));
            space.GiveBack(page.Memory, page.Length);
        }

        _pages.Clear();
    }

    /// <summary>Takes over what another spool of the same space holds.</summary>
    public void Take(Spool other)
    {
        // The last page stays the last: it is the one with room.
        _pages.InsertRange(0, other._pages);
        _stretches.AddRange(other._stretches);
        Bytes += other.Bytes;
        other._pages.Clear();
        other._stretches.Clear();
        other.Bytes = 0;
    }

    /// <summary>Reads all records; may be called again.</summary>
    public void Read(Reader reader)
    {
        foreach (var (offset, length) in _stretches)
        {
            var rented = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                space.Read(offset, rented.AsSpan(0, length));
                reader(rented.AsSpan(0, length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }

        foreach (var page in _pages)
            reader(page.Memory.Memory.Span[..page.Used]);
    }

    /// <summary>Writes length and records to a saved state.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Bytes);
        Read(records => writer.Write(records));
    }

    public void Dispose()
    {
        foreach (var page in _pages)
            space.GiveBack(page.Memory, page.Length);
        _pages.Clear();
        _stretches.Clear();
    }

    private sealed class Page(IMemoryOwner<byte> memory, int length)
    {
        public IMemoryOwner<byte> Memory { get; } = memory;

        public int Length { get; } = length;

        public int Used { get; set; }
    }
}
