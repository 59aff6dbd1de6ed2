using System.Buffers;
using System.Runtime.CompilerServices;

namespace DataEngineX.Quality;

/// <summary>The keys of some rows of a batch: short ones as numbers, long ones as bytes.</summary>
/// <param name="onlyLong">Whether all keys are kept as bytes, since something of each row is kept with them.</param>
internal sealed class EncodedKeys(bool onlyLong = false)
{
    [ThreadStatic]
    private static EncodedKeys? _plain;

    [ThreadStatic]
    private static EncodedKeys? _kept;

    private readonly List<(int Row, int Start, int Length)> _long = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private Key16[] _keys = [];
    private int[] _rows = [];
    private int _count;

    /// <summary>The keys of the thread: rules ask for them one after the other.</summary>
    public static EncodedKeys OfThread(bool onlyLong = false) =>
        onlyLong ? _kept ??= new EncodedKeys(onlyLong: true) : _plain ??= new EncodedKeys();

    /// <summary>Room to put a key together.</summary>
    public ArrayBufferWriter<byte> Scratch { get; } = new();

    public ReadOnlySpan<Key16> Keys => _keys.AsSpan(0, _count);

    /// <summary>The row of each of <see cref="Keys"/>.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    public int LongCount => _long.Count;

    public void Start(int rows)
    {
        if (_keys.Length < rows)
            (_keys, _rows) = (new Key16[rows], new int[rows]);
        _count = 0;
        _long.Clear();
        _bytes.ResetWrittenCount();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Key16 key, int row)
    {
        if (onlyLong)
        {
            AddLong(key, row);
            return;
        }

        var count = _count;
        _keys[count] = key;
        _rows[count] = row;
        _count = count + 1;
    }

    public void Add(ReadOnlySpan<byte> key, int row)
    {
        if (!onlyLong && key.Length <= Key16.MaxLength)
            Add(Key16.Of(key), row);
        else
            AddLong(key, row);
    }

    public ReadOnlySpan<byte> Long(int index, out int row)
    {
        (row, var start, var length) = _long[index];
        return _bytes.WrittenSpan.Slice(start, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddLong(Key16 key, int row)
    {
        Span<byte> bytes = stackalloc byte[16];
        AddLong(key.Write(bytes), row);
    }

    private void AddLong(ReadOnlySpan<byte> key, int row)
    {
        _long.Add((row, _bytes.WrittenCount, key.Length));
        _bytes.Write(key);
    }
}
