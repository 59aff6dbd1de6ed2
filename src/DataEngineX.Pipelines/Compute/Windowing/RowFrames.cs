namespace DataEngineX.Compute;

/// <summary>Where the frames of rows begin and end: by a number of rows, or with the rows that are equal in the order keys.</summary>
internal static class RowFrames
{
    /// <summary>Frames of so many rows before and after; null for all rows of the partition. Negative distances turn to the other side.</summary>
    public static void Fill(int? preceding, int? following, ReadOnlySpan<bool> starts, Span<int> from, Span<int> to)
    {
        for (int begin = 0; begin < starts.Length;)
        {
            int end = Rankings.EndOf(starts, begin);
            if (preceding is { } before)
            {
                for (int i = begin; i < end; i++)
                {
                    from[i] = (int)Math.Clamp((long)i - before, begin, end);
                }
            }
            else
            {
                from[begin..end].Fill(begin);
            }

            if (following is { } after)
            {
                for (int i = begin; i < end; i++)
                {
                    to[i] = (int)Math.Clamp((long)i + after + 1, begin, end);
                }
            }
            else
            {
                to[begin..end].Fill(end);
            }

            begin = end;
        }
    }

    /// <summary>Frames that begin and end with the rows equal to the row, or with the partition.</summary>
    public static void FillPeers(
        bool fromStart, bool toEnd, ReadOnlySpan<bool> starts, ReadOnlySpan<bool> peers, Span<int> from, Span<int> to)
    {
        for (int begin = 0; begin < starts.Length;)
        {
            int end = Rankings.EndOf(starts, begin);
            for (int first = begin; first < end;)
            {
                int last = Math.Min(end, Rankings.EndOf(peers, first));
                from[first..last].Fill(fromStart ? begin : first);
                to[first..last].Fill(toEnd ? end : last);
                first = last;
            }

            begin = end;
        }
    }
}
