using System.Buffers;

namespace DataEngineX.Quality;

/// <summary>The values of the checked rows of a batch without the gaps, so that loops over them test nothing.</summary>
internal static class Dense
{
    /// <summary>Takes the values of rows that are not skipped.</summary>
    /// <param name="values">All values.</param>
    /// <param name="marks">One mark a row.</param>
    /// <param name="rented">Gets a buffer that has to go back to the pool, or null where no row is skipped.</param>
    public static ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> values, ReadOnlySpan<RowMark> marks, out T[]? rented)
    {
        rented = null;
        if (Marks.Count(marks, RowMark.Skipped) == 0)
            return values;
        rented = ArrayPool<T>.Shared.Rent(marks.Length);
        var count = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            rented[count] = values[i];
            count += marks[i] == RowMark.Skipped ? 0 : 1;
        }

        return rented.AsSpan(0, count);
    }
}
