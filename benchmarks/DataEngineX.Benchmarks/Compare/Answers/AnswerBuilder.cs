using System.Runtime.InteropServices;
using DataEngineX.Benchmarks.Data;

namespace DataEngineX.Benchmarks.Compare.Answers;

/// <summary>Digests rows given cell by cell, a row after the other.</summary>
internal sealed class AnswerBuilder(int columns, AnswerShape shape)
{
    private const ulong Null = 0x6E756C6C;
    private readonly double?[] _doubles = new double?[columns];
    private readonly bool[] _hasDoubles = new bool[columns];
    private readonly Answer.Total[] _totals = new Answer.Total[columns];
    private readonly bool[] _isOrderKey = [.. Enumerable.Range(0, columns).Select(i => shape.OrderedBy.Contains(i))];
    private long _rows;
    private ulong _exact;
    private ulong _order;
    private ulong _row;
    private ulong _keys;

    public void AddNull(int column)
    {
        _doubles[column] = null;
        Add(column, Null);
    }

    public void AddInteger(int column, long value) => Add(column, CounterRandom.Mix((ulong)value + 1));

    public void AddText(int column, ReadOnlySpan<byte> utf8)
    {
        var hash = (ulong)utf8.Length + 0x7465_7874;
        while (utf8.Length >= 8)
        {
            hash = CounterRandom.Mix(hash ^ MemoryMarshal.Read<ulong>(utf8)) + 0x9E3779B97F4A7C15;
            utf8 = utf8[8..];
        }

        foreach (var b in utf8)
            hash = (hash * 0x100000001B3) ^ b;
        Add(column, CounterRandom.Mix(hash));
    }

    public void AddDouble(int column, double value)
    {
        if (shape.ExactDoubles)
        {
            AddInteger(column, BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value));
            return;
        }

        _hasDoubles[column] = true;
        _doubles[column] = value;
    }

    public void EndRow()
    {
        var hash = CounterRandom.Mix(_row);
        _exact += hash;
        if (shape.OrderedBy.Count > 0)
            _order += CounterRandom.Mix(_keys ^ CounterRandom.Mix((ulong)_rows + 1));
        var weight = 0.5 + (hash >> 11) * (0.5 / (1L << 53));
        for (var i = 0; i < columns; i++)
        {
            if (_doubles[i] is not { } value)
                continue;
            var total = _totals[i];
            _totals[i] = new Answer.Total(total.Sum + value, total.Weighted + (value * weight), total.Magnitude + Math.Abs(value));
            _doubles[i] = null;
        }

        _row = _keys = 0;
        _rows++;
    }

    public Answer Build() => new(_rows, _exact, _order, [.. _totals.Where((_, i) => _hasDoubles[i])]);

    private void Add(int column, ulong hash)
    {
        var mixed = CounterRandom.Mix(hash + ((ulong)(column + 1) * 0x9E3779B97F4A7C15));
        _row += mixed;
        if (_isOrderKey[column])
            _keys += mixed;
    }
}
