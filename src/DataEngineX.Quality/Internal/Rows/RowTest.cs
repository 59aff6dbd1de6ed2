using System.Buffers;

namespace DataEngineX.Quality;

/// <summary>A rule that looks at each row by itself and answers in bits, so that counting its answers costs next to nothing.</summary>
internal sealed class RowTest(RowTester tester) : BoundRule
{
    public override bool InOrder => false;

    /// <summary>The columns that samples show, where they are not those of the rule.</summary>
    public int[]? Shown { get; init; }

    /// <summary>A test of the values of one column; rows without a value are not checked.</summary>
    public static RowTest OfColumn(int ordinal, RowTester tester) => new((batch, skipped, fails) =>
    {
        batch.Skip(ordinal, skipped);
        tester(batch, skipped, fails);
    });

    /// <summary>A column in which every value violates, or none.</summary>
    public static RowTest Always(int ordinal, bool holds) => OfColumn(ordinal, (batch, _, fails) =>
    {
        if (!holds)
            RowBits.Fill(fails, batch.Length);
    });

    /// <summary>Tests a batch: rows that fail are checked ones, and no bit stands for no row.</summary>
    public void Test(RuleBatch batch, Span<ulong> skipped, Span<ulong> fails)
    {
        fails.Clear();
        tester(batch, skipped, fails);
        if (batch.Length > 0)
            skipped[^1] &= RowBits.Tail(batch.Length);
        RowBits.AndNot(fails, skipped, batch.Length);
    }

    public override RuleState CreateState(RuleContext context) => new State(this);

    /// <summary>The same for those who want marks: a group of rows.</summary>
    private sealed class State(RowTest test) : StatelessState
    {
        public override void Update(RuleBatch batch, Span<RowMark> marks)
        {
            var words = RowBits.Words(marks.Length);
            var rented = ArrayPool<ulong>.Shared.Rent(Math.Max(1, words * 2));
            try
            {
                var skipped = rented.AsSpan(0, words);
                var fails = rented.AsSpan(words, words);
                RowBits.Read(marks, RowMark.Skipped, skipped);
                test.Test(batch, skipped, fails);
                RowBits.Mark(skipped, marks, RowMark.Skipped);
                RowBits.Mark(fails, marks, RowMark.Violates);
            }
            finally
            {
                ArrayPool<ulong>.Shared.Return(rented);
            }
        }
    }
}
