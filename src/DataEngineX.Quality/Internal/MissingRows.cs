using System.Buffers;

namespace DataEngineX.Quality;

/// <summary>Skips the rows a rule over several columns ignores.</summary>
internal static class MissingRows
{
    public static string NameOf(IgnoredRows ignored) => ignored switch
    {
        IgnoredRows.AllMissing => "all_missing",
        IgnoredRows.AnyMissing => "any_missing",
        _ => "none",
    };

    public static void Skip(RuleBatch batch, ReadOnlySpan<int> ordinals, IgnoredRows ignored, Span<RowMark> marks)
    {
        if (ignored == IgnoredRows.None)
            return;
        if (ignored == IgnoredRows.AnyMissing || ordinals.Length == 1)
        {
            foreach (var ordinal in ordinals)
                batch.SkipMissing(ordinal, marks);
            return;
        }

        var one = ArrayPool<RowMark>.Shared.Rent(marks.Length);
        var all = ArrayPool<bool>.Shared.Rent(marks.Length);
        all.AsSpan(0, marks.Length).Fill(true);
        foreach (var ordinal in ordinals)
        {
            var own = one.AsSpan(0, marks.Length);
            own.Clear();
            batch.SkipMissing(ordinal, own);
            for (var i = 0; i < own.Length; i++)
                all[i] &= own[i] == RowMark.Skipped;
        }

        for (var i = 0; i < marks.Length; i++)
        {
            if (all[i])
                marks[i] = RowMark.Skipped;
        }

        ArrayPool<RowMark>.Shared.Return(one);
        ArrayPool<bool>.Shared.Return(all);
    }
}
