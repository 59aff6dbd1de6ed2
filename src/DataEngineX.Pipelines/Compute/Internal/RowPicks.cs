using System.Numerics.Tensors;

namespace DataEngineX.Compute;

/// <summary>Row numbers to collect, checked once for all columns of a batch; -1 stands for a row of nulls.</summary>
internal readonly ref struct RowPicks
{
    private RowPicks(ReadOnlySpan<int> rows, bool anyMissing, int start)
    {
        Rows = rows;
        AnyMissing = anyMissing;
        Start = start;
    }

    public ReadOnlySpan<int> Rows { get; }

    public int Count => Rows.Length;

    /// <summary>Whether there is a -1.</summary>
    public bool AnyMissing { get; }

    /// <summary>The first row when the rows follow one another without a gap; otherwise -1.</summary>
    public int Start { get; }

    /// <summary>Checks that every number is -1 or below <paramref name="length"/>.</summary>
    public static RowPicks Check(ReadOnlySpan<int> rows, int length)
    {
        if (rows.IsEmpty)
        {
            return new RowPicks(rows, anyMissing: false, -1);
        }

        int least = TensorPrimitives.Min(rows);
        int most = TensorPrimitives.Max(rows);
        if (least < -1 || most >= length)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"The row {(least < -1 ? least : most)} is not one of {length} rows; -1 stands for a null row.");
        }

        return Trust(rows, least < 0);
    }

    /// <summary>Takes numbers that are known to be right, such as those a join found.</summary>
    public static RowPicks Trust(ReadOnlySpan<int> rows, bool anyMissing) => new(rows, anyMissing, anyMissing ? -1 : StartOf(rows));

    private static int StartOf(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty || rows[^1] - (long)rows[0] != rows.Length - 1)
        {
            return -1;
        }

        // Rows picked from a batch ascend as a rule, and then this length already says it all; a sort's permutation leaves at the first step back.
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] != rows[i - 1] + 1)
            {
                return -1;
            }
        }

        return rows[0];
    }
}
