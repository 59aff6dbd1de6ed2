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

    /// <summary>Skips the rows a rule ignores.</summary>
    public static void Skip(RuleBatch batch, ReadOnlySpan<int> ordinals, IgnoredRows ignored, Span<RowMark> marks)
    {
        if (ignored == IgnoredRows.None)
            return;
        var words = RowBits.Words(marks.Length);
        var rented = ArrayPool<ulong>.Shared.Rent(Math.Max(1, words));
        var skipped = rented.AsSpan(0, words);
        skipped.Clear();
        Skip(batch, ordinals, ignored, skipped);
        RowBits.Mark(skipped, marks, RowMark.Skipped);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    /// <summary>Skips the rows a rule ignores.</summary>
    public static void Skip(RuleBatch batch, ReadOnlySpan<int> ordinals, IgnoredRows ignored, Span<ulong> skipped)
    {
        if (ignored == IgnoredRows.None)
            return;
        if (ignored == IgnoredRows.AnyMissing || ordinals.Length == 1)
        {
            foreach (var ordinal in ordinals)
                batch.Skip(ordinal, skipped);
            return;
        }

        foreach (var ordinal in ordinals)
        {
            // One column without a gap is enough.
            if (batch.Missing(ordinal).IsEmpty)
                return;
        }

        for (var w = 0; w < skipped.Length; w++)
        {
            var all = ulong.MaxValue;
            foreach (var ordinal in ordinals)
                all &= batch.Missing(ordinal)[w];
            skipped[w] |= all;
        }
    }
}
