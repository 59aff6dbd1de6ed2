using System.Text;
using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>The loops of <see cref="InSetRule"/>, one for each way values are stored.</summary>
internal static class Membership
{
    public static BoundRule Fixed<T>(int ordinal, IEnumerable<T> values, bool negated)
        where T : unmanaged
    {
        var set = new HashSet<T>(values);
        return BoundRule.PerRow((batch, marks) =>
        {
            batch.SkipMissing(ordinal, marks);
            var column = RuleBatch.Values<T>(batch.Column(ordinal));
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds && set.Contains(column[i]) == negated)
                    marks[i] = RowMark.Violates;
            }
        });
    }

    public static BoundRule Flags(int ordinal, IReadOnlyList<bool> values, bool negated)
    {
        var (hasTrue, hasFalse) = (values.Contains(true), values.Contains(false));
        return BoundRule.PerRow((batch, marks) =>
        {
            batch.SkipMissing(ordinal, marks);
            var flags = new Flags((BooleanArray)batch.Column(ordinal));
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds && (flags[i] ? hasTrue : hasFalse) == negated)
                    marks[i] = RowMark.Violates;
            }
        });
    }

    public static BoundRule Text(int ordinal, IEnumerable<string> values, bool negated)
    {
        var set = new HashSet<byte[]>(values.Select(Encoding.UTF8.GetBytes), BytesComparer.Instance);
        return BoundRule.PerRow((batch, marks) =>
        {
            batch.SkipMissing(ordinal, marks);
            var lookup = set.GetAlternateLookup<ReadOnlySpan<byte>>();
            var texts = new TextColumn(batch.Column(ordinal));
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Holds && lookup.Contains(texts[i]) == negated)
                    marks[i] = RowMark.Violates;
            }
        });
    }
}
