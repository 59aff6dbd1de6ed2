using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class LogicTests
{
    [Fact]
    public void And_or_not_are_three_valued() => Kinds.Pair("bool").Sample(t =>
    {
        using var left = (BooleanArray)Rows.Build(BooleanType.Default, t.Left, t.Pad);
        using var right = (BooleanArray)Rows.Build(BooleanType.Default, t.Right, t.Pad / 3);
        KernelTest.Equal([.. t.Left.Zip(t.Right, (l, r) => (object?)((bool?)l & (bool?)r))], KernelTest.Run(a => Logic.And(left, right, a)));
        KernelTest.Equal([.. t.Left.Zip(t.Right, (l, r) => (object?)((bool?)l | (bool?)r))], KernelTest.Run(a => Logic.Or(left, right, a)));
        KernelTest.Equal([.. t.Left.Select(l => (object?)!(bool?)l)], KernelTest.Run(a => Logic.Not(left, a)));
    }, iter: 300);

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Nulls_are_asked_for_replaced_and_chosen_around(string kind) =>
        Gen.Select(Kinds.Pair(kind), Kinds.Column("bool", 300)).Sample(t =>
        {
            ((object?[] left, object?[] right, int pad), (object?[] mask, int maskPad)) = t;
            int length = Math.Min(left.Length, mask.Length);
            (left, right, mask) = (left[..length], right[..length], mask[..length]);
            IArrowType type = Kinds.Type(kind);
            using IArrowArray first = Rows.Build(type, left, pad);
            using IArrowArray second = Rows.Build(type, right, maskPad);
            using var choice = (BooleanArray)Rows.Build(BooleanType.Default, mask, maskPad);
            KernelTest.Equal([.. left.Select(l => (object)(l is null))], KernelTest.Run(a => Nulls.IsNull(first, a)));
            KernelTest.Equal([.. left.Select(l => (object)(l is not null))], KernelTest.Run(a => Nulls.IsNotNull(first, a)));
            KernelTest.Equal([.. left.Zip(right, (l, r) => l ?? r)], KernelTest.Run(a => Nulls.Coalesce([first, second], a)));
            KernelTest.Equal(
                [.. left.Select((l, i) => mask[i] is true ? l : right[i])], KernelTest.Run(a => Nulls.IfElse(choice, first, second, a)));
        }, iter: 100);

    [Fact]
    public void Choosing_works_on_nested_columns()
    {
        var allocator = new CountingAllocator();
        using ListArray lists = Nested.Lists([[1, 2], null, [3]]);
        using ListArray others = Nested.Lists([[9], [8], null]);
        using (IArrowArray result = Nulls.Coalesce([lists, others], allocator))
        {
            Assert.Equal("[1,2] [8] [3]", Nested.Show((ListArray)result));
        }

        Assert.Equal(0, allocator.LiveBytes);
    }
}
