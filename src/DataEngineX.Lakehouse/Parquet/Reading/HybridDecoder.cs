using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Reads runs of one repeated number and runs of bit-packed numbers, as levels and dictionary indices are stored.</summary>
internal struct HybridDecoder
{
    private byte[] _data;
    private int _at;
    private int _end;
    private int _bits;
    private int _left;
    private bool _repeats;
    private uint _value;
    private int _packedAt;
    private int _packedDone;

    /// <summary>Starts at an encoded run.</summary>
    /// <param name="data">The bytes; <see cref="PooledBytes.Slack"/> more are readable behind them.</param>
    /// <param name="start">Where the runs start.</param>
    /// <param name="length">How many bytes they take.</param>
    /// <param name="bits">Bits of a number, 0 to 32.</param>
    internal void Start(byte[] data, int start, int length, int bits)
    {
        if ((uint)bits > 32)
            Corrupt.Throw($"numbers of {bits} bits");
        _data = data;
        _at = start;
        _end = start + length;
        _bits = bits;
        _left = 0;
    }

    /// <summary>Looks at the run that comes next.</summary>
    /// <param name="most">The most numbers wanted.</param>
    /// <param name="value">The repeated number.</param>
    /// <returns>How many numbers have that value, all of them now taken; or 0 when they are packed and <see cref="Read"/> takes them.</returns>
    internal int TakeRepeated(int most, out uint value)
    {
        if (_left == 0)
            NextRun();
        value = _value;
        if (!_repeats)
            return 0;
        var count = Math.Min(most, _left);
        _left -= count;
        return count;
    }

    /// <summary>The packed numbers left in this run.</summary>
    internal readonly int Packed => _repeats ? 0 : _left;

    /// <summary>Takes the next numbers, whatever runs they are in.</summary>
    internal void Read(Span<uint> into)
    {
        while (!into.IsEmpty)
        {
            var count = TakeRepeated(into.Length, out var value);
            if (count > 0)
            {
                into[..count].Fill(value);
            }
            else
            {
                count = Math.Min(into.Length, _left);
                Unpack(into[..count]);
            }

            into = into[count..];
        }
    }

    /// <summary>Passes over numbers.</summary>
    internal void Skip(int count)
    {
        while (count > 0)
        {
            if (_left == 0)
                NextRun();
            var take = Math.Min(count, _left);
            _left -= take;
            _packedDone += take;
            count -= take;
        }
    }

    /// <summary>Takes numbers of one bit as bits of a bitmap.</summary>
    /// <returns>How many are set.</returns>
    internal int ReadBits(Span<byte> bitmap, int at, int count)
    {
        var set = 0;
        while (count > 0)
        {
            var take = TakeRepeated(count, out var value);
            if (take > 0)
            {
                Bitmaps.Fill(bitmap, at, take, value != 0);
                set += value != 0 ? take : 0;
            }
            else
            {
                take = Math.Min(count, _left);
                set += Bitmaps.Copy(_data.AsSpan(_packedAt), _packedDone, bitmap, at, take);
                _packedDone += take;
                _left -= take;
            }

            at += take;
            count -= take;
        }

        return set;
    }

    private void Unpack(Span<uint> into)
    {
        ref var source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_data), _packedAt);
        var done = _packedDone;
        var i = 0;
        for (; i < into.Length && ((done + i) & 7) != 0; i++)
            into[i] = BitUnpacking.One(ref source, _bits, done + i);
        var whole = (into.Length - i) & ~7;
        if (whole > 0)
        {
            BitUnpacking.Unpack(ref Unsafe.Add(ref source, (nint)(((long)(done + i) * _bits) >> 3)), _bits, into.Slice(i, whole));
            i += whole;
        }

        for (; i < into.Length; i++)
            into[i] = BitUnpacking.One(ref source, _bits, done + i);
        _packedDone = done + into.Length;
        _left -= into.Length;
    }

    private void NextRun()
    {
        if (_bits == 0)
        {
            _repeats = true;
            _value = 0;
            _left = int.MaxValue;
            return;
        }

        uint header = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (_at >= _end || shift > 28)
                Corrupt.Throw("a run of levels or indices ends too early");
            var next = _data[_at++];
            header |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
                break;
        }

        if ((header & 1) == 0)
            StartRepeated((int)(header >> 1));
        else
            StartPacked(header >> 1);
    }

    private void StartRepeated(int count)
    {
        var bytes = (_bits + 7) >> 3;
        if (count == 0 || bytes > _end - _at)
            Corrupt.Throw("a run of levels or indices is empty or cut off");
        uint value = 0;
        for (var b = 0; b < bytes; b++)
            value |= (uint)_data[_at++] << (8 * b);
        _repeats = true;
        _value = value;
        _left = count;
    }

    // Some writers cut the last group short, so the run is as long as its bytes say.
    private void StartPacked(uint groups)
    {
        var bytes = (int)Math.Min((long)groups * _bits, _end - _at);
        var count = Math.Min((long)groups * 8, (long)bytes * 8 / _bits);
        if (count is 0 or > int.MaxValue)
            Corrupt.Throw("a run of levels or indices is empty or cut off");
        _repeats = false;
        _left = (int)count;
        _packedAt = _at;
        _packedDone = 0;
        _at += bytes;
    }
}
