using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Compute;

namespace DataEngineX.Pipelines.Tests.Compute;

public class InSetTests
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Membership_agrees_with_a_hash_set(string kind)
    {
        if (kind is "null" or "binary" or "decimal")
        {
            return;
        }

        Gen.Select(Kinds.Column(kind), Kinds.Value(kind).Array[0, 8], Gen.Bool).Sample((column, values, withNull) =>
        {
            var allocator = new CountingAllocator();
            IArrowType type = Kinds.Type(kind);
            var members = new List<object?>(values);
            members.AddRange(withNull ? new object?[1] : []);
            using (InSet set = InSet.Create(type, members, allocator))
            using (IArrowArray array = Rows.Build(type, column.Rows, column.Pad))
            {
                object?[] expected = [.. column.Rows.Select(r =>
                    r is null ? null : values.Contains(r, SameKey.Comparer) ? true : withNull ? null : (object)false)];
                KernelTest.Equal(expected, KernelTest.Run(a => set.Evaluate(array, a)));
                KernelTest.Equal(expected, KernelTest.Run(a => set.Evaluate(array, a)));
            }

            Assert.Equal(0, allocator.LiveBytes);
        }, iter: 40);
    }

    [Fact]
    public void Dictionary_columns_are_asked_by_value_and_unfit_literals_leave_nothing_behind()
    {
        using InSet set = InSet.Create(StringType.Default, ["y", "z"]);
        using IArrowArray encoded = Nested.Dictionary(["x", "y"], [1, null, 0]);
        KernelTest.Equal([true, null, false], KernelTest.Run(a => set.Evaluate(encoded, a)));
        var allocator = new CountingAllocator();
        Assert.Throws<ArgumentException>(() => InSet.Create(Int32Type.Default, [1, "two"], allocator));
        Assert.Equal(0, allocator.LiveBytes);
    }
}
