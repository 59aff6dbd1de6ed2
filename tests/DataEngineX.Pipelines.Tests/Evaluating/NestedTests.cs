using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Pipelines.Tests.Compute;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Pipelines.Tests.Evaluating.Evaluation;

namespace DataEngineX.Pipelines.Tests.Evaluating;

public sealed class NestedTests
{
    [Fact]
    public void Lists_give_length_elements_and_membership_also_in_slices()
    {
        using var all = BatchOf(Nested.Lists([[9], [1, 2, 3], null, [], [2]]));
        foreach (var (start, length) in new[] { (0, 5), (1, 4), (2, 2) })
        {
            using var batch = all.SliceShared(start, length);
            Assert.Equal(Part([1, 3, null, 0, 1]), Of(Col("a").ListLength(), batch));
            Assert.Equal(Part([9, 1, null, null, 2]), Of(Col("a").ElementAt(0), batch));
            Assert.Equal(Part([9, 3, null, null, 2]), Of(Col("a").ElementAt(-1), batch));
            Assert.Equal(Part([null, 3, null, null, null]), Of(Col("a").ElementAt(2), batch));
            Assert.Equal(Part([9, 2, null, null, 2]), Of(Col("a").ElementAt(Col("a").ListLength() / 2), batch));
            Assert.Equal(Part([false, true, null, false, true]), Of(Col("a").ListContains(2), batch));
            Assert.Equal(Part([false, true, null, false, true]), Of(Col("a").ListContains(2L), batch));
            Assert.Equal(Part([true, true, null, false, true]), Of(Col("a").ListContains(Col("a").ElementAt(0).IfNull(2)), batch));

            object?[] Part(object?[] rows) => rows[start..(start + length)];
        }

        Assert.Contains("int32", Refused(Col("a").ListLength(), Int32Type.Default).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Structs_give_their_fields_also_in_slices()
    {
        using var all = BatchOf(Nested.Structs([(1, "x"), (2, null), (3, "z")]));
        using var batch = all.SliceShared(1, 2);
        Assert.Equal([2, 3], Of(Col("a").Field("id"), batch));
        Assert.Equal([null, "z"], Of(Col("a").Field("name"), batch));
        var error = Assert.Throws<PlanException>(() => ExpressionBinder.Bind(Col("a").Field("nme"), batch.Schema));
        Assert.Contains("id, name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_work_on_the_values_of_a_dictionary_and_keep_it()
    {
        using var batch = BatchOf(Nested.Dictionary(["b", "A", "12x"], [0, 1, null, 1, 0]));
        Assert.Equal([false, true, null, true, false], Of(Col("a") == "A", batch));
        Assert.Equal(["b", "a", null, "a", "b"], Of(Col("a").Lower(), batch));
        Assert.IsType<DictionaryType>(ExpressionBinder.Bind(Col("a").Lower(), batch.Schema).Type);
        Assert.Equal([true, false, null, false, true], Of(Col("a").Upper().IsIn("B", "C"), batch));
        Assert.Equal(["b", "A", "-", "A", "b"], Of(Col("a").Coalesce("-"), batch));
        Assert.Equal([false, false, true, false, false], Of(Col("a").IsNull(), batch));
        Assert.Equal([true, true, null, true, true], Of(Col("a") == Col("a"), batch));
        Assert.Equal(["one", "two", "two", "two", "one"], Of(If(Col("a") == "b", "one", "two"), batch));
    }

    [Fact]
    public void A_value_of_a_dictionary_that_no_row_has_cannot_fail()
    {
        using var batch = BatchOf(Nested.Dictionary(["1", "12x"], [0, null, 0]));
        Assert.Equal([1, null, 1], Of(Col("a").Cast(Int32Type.Default), batch));
        using var bad = BatchOf(Nested.Dictionary(["1", "12x"], [0, 1]));
        var bound = ExpressionBinder.Bind(Col("a").Cast(Int32Type.Default), bad.Schema);
        KernelTest.Throws<InvalidCastException>(a => bound.Evaluate(bad, new Plans.RunParameters(DateTimeOffset.UnixEpoch), a));
    }

    private static RecordBatch BatchOf(IArrowArray array) => new(new Schema([new Field("a", array.Data.DataType, true)], null), [array], array.Length);
}
