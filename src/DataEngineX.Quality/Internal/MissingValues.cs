using System.Buffers;
using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Which rows of a batch have no value in a column; found once a column for all rules that ask.</summary>
internal sealed class MissingValues(int columns, int rows, bool nanIsMissing)
{
    private readonly ulong[]?[] _missing = new ulong[]?[columns];
    private readonly bool[] _known = new bool[columns];

    /// <summary>The rows without a value; nothing when all have one.</summary>
    public ReadOnlySpan<ulong> Of(int ordinal, IArrowArray column)
    {
        lock (_known)
        {
            if (!_known[ordinal])
            {
                _missing[ordinal] = Find(column);
                _known[ordinal] = true;
            }

            return _missing[ordinal] is { } missing ? missing.AsSpan(0, RowBits.Words(rows)) : [];
        }
    }

    public void Release()
    {
        foreach (var missing in _missing)
        {
            if (missing is not null)
                ArrayPool<ulong>.Shared.Return(missing);
        }
    }

    private ulong[]? Find(IArrowArray column)
    {
        ulong[]? missing = null;
        var presence = new Presence(column);
        if (presence.Nulls > 0)
        {
            missing = Rent();
            for (var w = 0; w < RowBits.Words(rows); w++)
                missing[w] = presence.Missing(w);
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

    private void AddNaN<T>(ReadOnlySpan<T> values, ref ulong[]? missing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (T.IsNaN(values[i]))
                (missing ??= Rent())[i >> 6] |= 1UL << (i & 63);
        }
    }

    private ulong[] Rent()
    {
        var rented = ArrayPool<ulong>.Shared.Rent(Math.Max(1, RowBits.Words(rows)));
        rented.AsSpan(0, RowBits.Words(rows)).Clear();
        return rented;
    }
}
