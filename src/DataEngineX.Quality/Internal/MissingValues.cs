using System.Buffers;
using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Which rows of a batch have no value in a column; found once a column for all rules that ask.</summary>
internal sealed class MissingValues(int columns, int rows, bool nanIsMissing)
{
    private readonly byte[]?[] _missing = new byte[]?[columns];
    private readonly bool[] _known = new bool[columns];

    /// <summary>255 for each row without a value, 0 for others; null when all rows have one.</summary>
    public byte[]? Of(int ordinal, IArrowArray column)
    {
        lock (_known)
        {
            if (!_known[ordinal])
            {
                _missing[ordinal] = Find(column);
                _known[ordinal] = true;
            }

            return _missing[ordinal];
        }
    }

    public void Release()
    {
        foreach (var missing in _missing)
        {
            if (missing is not null)
                ArrayPool<byte>.Shared.Return(missing);
        }
    }

    private byte[]? Find(IArrowArray column)
    {
        byte[]? missing = null;
        if (column is NullArray)
        {
            missing = Rent();
            missing.AsSpan(0, rows).Fill(255);
            return missing;
        }

        if (column.NullCount > 0)
        {
            missing = Rent();
            var bits = column.Data.Buffers[0].Span;
            for (var i = 0; i < rows; i++)
            {
                var at = column.Offset + i;
                missing[i] = (byte)(((bits[at >> 3] >> (at & 7)) & 1) - 1);
            }
        }

        if (nanIsMissing)
        {
            switch (column)
            {
                case DoubleArray:
                    AddNaN(RuleBatch.Values<double>(column), ref missing);
                    break;
                case FloatArray:
                    AddNaN(RuleBatch.Values<float>(column), ref missing);
                    break;
                case HalfFloatArray:
                    AddNaN(RuleBatch.Values<Half>(column), ref missing);
                    break;
            }
        }

        return missing;
    }

    private void AddNaN<T>(ReadOnlySpan<T> values, ref byte[]? missing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (T.IsNaN(values[i]))
                (missing ??= Rent())[i] = 255;
        }
    }

    private byte[] Rent()
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, rows));
        rented.AsSpan(0, rows).Clear();
        return rented;
    }
}
