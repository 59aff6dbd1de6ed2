namespace DataEngineX.Quality;

/// <summary>Room of one worker, used again for each block of rows.</summary>
internal sealed class Scratch
{
    /// <summary>Rows looked at together: what they need stays in the nearest caches.</summary>
    public const int Block = 4096;

    /// <summary>The values of a block in a form that sorts as they do.</summary>
    public long[] Ordered { get; } = new long[Block];

    /// <summary>The values of a block as numbers.</summary>
    public double[] Numbers { get; } = new double[Block];

    /// <summary>The hashes of a block.</summary>
    public ulong[] Cells { get; } = new ulong[Block];

    /// <summary>Rows of each value of a dictionary.</summary>
    public int[] Codes { get; private set; } = [];

    /// <summary>Hashes of the values of a dictionary.</summary>
    public ulong[] Hashes { get; private set; } = [];

    /// <summary>Hashes of the rows of a batch.</summary>
    public ulong[] Rows { get; private set; } = [];

    /// <summary>Rows with any null, and rows with nulls only, as bits.</summary>
    public ulong[] AnyNull { get; private set; } = [];

    /// <inheritdoc cref="AnyNull"/>
    public ulong[] AllNull { get; private set; } = [];

    public void ReserveCodes(int count)
    {
        if (Codes.Length < count)
            (Codes, Hashes) = (new int[count], new ulong[count]);
        Codes.AsSpan(0, count).Clear();
    }

    public void ReserveRows(int count)
    {
        if (Rows.Length >= count)
            return;
        Rows = new ulong[count];
        AnyNull = new ulong[(count + 63) / 64];
        AllNull = new ulong[(count + 63) / 64];
    }
}
