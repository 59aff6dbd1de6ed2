using Apache.Arrow.Types;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Pipelines.Tests.Evaluating.Evaluation;

namespace DataEngineX.Pipelines.Tests.Evaluating;

/// <summary>Hashes are stored, so their values are pinned here: a change breaks what users have written.</summary>
public sealed class HashTests
{
    [Fact]
    public void Hashes_are_those_of_every_version() => Assert.Equal(
        (long[])
        [
            -1642502924627794072L, 5979733723107334522L, 4956066600274079096L, 896958318687799551L, -5676947511360917133L,
            4025879017986559845L, 6807527492848325813L, -8150161478117450697L, 5448851312554506750L, -1434727054297495533L,
            4450180918185163272L, -2246739401040148748L, -1554296684766668475L, -6031752746992157890L,
        ],
        new[]
        {
            Lit(null), Lit(true), Lit(42), Lit(-1L), Lit(ulong.MaxValue), Lit(1.5), Lit(12.50m), Lit("weather"), Lit(string.Concat(Enumerable.Repeat("0123456789", 30))),
            Lit(new byte[] { 1, 2 }), Lit(new DateOnly(2024, 2, 29)), Lit(new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero)), Lit(TimeSpan.FromSeconds(1)),
        }.Select(value => (long)One(value.Hash())!).Append((long)One(Hash("a", 1))!));

    [Fact]
    public void Width_unit_scale_and_encoding_do_not_matter()
    {
        Assert.Equal(One(Lit(7).Hash()), One(Lit((byte)7).Hash()));
        Assert.Equal(One(Lit(7L).Hash()), One(Lit(7ul).Hash()));
        Assert.Equal(One(Lit(0.5f).Hash()), One(Lit(0.5).Hash()));
        Assert.Equal(One(Lit(-0.0).Hash()), One(Lit(0.0).Hash()));
        Assert.Equal(One(Lit(1.50m).Hash()), One(Lit(1.5m).Hash()));
        Assert.Equal(
            Of(Col("a").Hash(), Column(DurationType.Second, 5L)), Of(Col("a").Hash(), Column(DurationType.Millisecond, 5000L)));
        Assert.NotEqual(One(Lit(-1L).Hash()), One(Lit(ulong.MaxValue).Hash()));
        Assert.NotEqual(One(Lit("1").Hash()), One(Lit(1).Hash()));
        Assert.NotEqual(One(Hash(1, 2)), One(Hash(2, 1)));
    }

    [Fact]
    public void Hashing_is_never_null() => Assert.DoesNotContain(null, Of(Hash(Col("a"), Col("b")), Column(Int32Type.Default, 1, null), Column(StringType.Default, null, null)));
}
