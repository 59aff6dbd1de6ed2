using Apache.Arrow.Types;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Pipelines.Tests.Evaluating.Evaluation;

namespace DataEngineX.Pipelines.Tests.Evaluating;

public sealed class ChoiceTests
{
    private static readonly (IArrowType Type, object?[] Rows) Numbers = Column(Int32Type.Default, 1, 2, 3, null, 5);

    [Fact]
    public void The_first_true_condition_chooses_and_null_counts_as_false() =>
        Assert.Equal(["low", "two", "rest", "none", "rest"], Of(
            When(Col("a") < 2).Then("low").When(Col("a") <= 2).Then("two").When(Col("a").IsNull()).Then("none").Otherwise("rest"), Numbers));

    [Fact]
    public void Without_otherwise_the_rest_is_null() =>
        Assert.Equal([10, 20, null, null, null], Of(When(Col("a") == 1).Then(10).When(Col("a") == 2).Then(20), Numbers));

    [Fact]
    public void One_condition_is_a_conditional() => Assert.Equal(If(Col("a") > 1, 1, 2), When(Col("a") > 1).Then(1).Otherwise(2));

    [Fact]
    public void Branches_are_promoted_to_one_type()
    {
        Assert.Equal([1.5, 2.0, 3.0, null, 5.0], Of(When(Col("a") == 1).Then(1.5).Otherwise(Col("a")), Numbers));
        Assert.Contains("utf8, int32", Refused(If(Col("a") > 1, "x", Col("a")), Int32Type.Default).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_that_fails_fails_only_for_its_rows()
    {
        var texts = Column(StringType.Default, "1", "x", null, "4");
        Assert.Equal([1, -1, -1, 4], Of(If(Col("a") != "x", Col("a").Cast(Int32Type.Default), -1), texts));
        Assert.Equal([false, false, null, true], Of(Col("a") != "x" & Col("a").Cast(Int32Type.Default) > 1, texts));
        Assert.Equal([false, true, null, true], Of(Col("a") == "x" | Col("a").Cast(Int32Type.Default) > 1, texts));
        Assert.Equal([1, 9, -5, 4], Of(
            When(Col("a") == "x").Then(9).When(Col("a").IsNull()).Then(-5).Otherwise(Col("a").Cast(Int32Type.Default)), texts));
        Fails<InvalidCastException>(If(Col("a") != "1", Col("a").Cast(Int32Type.Default), -1), texts);
    }

    [Fact]
    public void Coalesce_takes_the_first_value_and_computes_others_only_where_needed()
    {
        Assert.Equal([1, 2, 3, 7, 5], Of(Col("a").IfNull(7), Numbers));
        Assert.Equal(["a", "x", "c"], Of(Col("a").Coalesce(Col("b"), "c"), Column(StringType.Default, "a", null, null), Column(StringType.Default, "y", "x", null)));
        Assert.Equal([1, 4], Of(Col("a").Coalesce(Col("b").Cast(Int32Type.Default)), Column(Int32Type.Default, 1, null), Column(StringType.Default, "x", "4")));
        Assert.Equal([1.0, 0.5], Of(Col("a").Coalesce(0.5), Column(Int32Type.Default, 1, null)));
    }

    [Fact]
    public void Null_if_makes_a_value_missing() => Assert.Equal([null, 2, 3, null, 5], Of(Col("a").NullIf(1), Numbers));

    [Fact]
    public void Distinctness_sees_null_as_a_value()
    {
        var (a, b) = (Column(Int32Type.Default, 1, 1, null, null), Column(Int32Type.Default, 1, 2, 2, null));
        Assert.Equal([false, true, true, false], Of(Col("a").IsDistinctFrom(Col("b")), a, b));
        Assert.Equal([true, false, false, true], Of(Col("a").IsNotDistinctFrom(Col("b")), a, b));
        Assert.Equal([true, true, false, false], Of(Col("a").IsDistinctFrom(Lit(null)), a));
        Assert.Equal([false, false, true, true], Of(Col("a").IsDistinctFrom(1), a));
    }

    [Fact]
    public void Greatest_and_least_pass_over_nulls()
    {
        var (a, b) = (Column(DoubleType.Default, 1.0, double.NaN, null, null), Column(DoubleType.Default, 2.0, 3.0, -1.0, null));
        Assert.Equal([2.0, double.NaN, -1.0, null], Of(Greatest(Col("a"), Col("b")), a, b));
        Assert.Equal([1.0, 3.0, -1.0, null], Of(Least(Col("a"), Col("b")), a, b));
        Assert.Equal([2.0, double.NaN], Of(Greatest(Col("a"), Col("b")), Column(DoubleType.Default, 1.0, double.NaN), Column(DoubleType.Default, 2.0, 3.0)));
        Assert.Equal([1.0, 3.0], Of(Least(Col("a"), Col("b")), Column(DoubleType.Default, 1.0, double.NaN), Column(DoubleType.Default, 2.0, 3.0)));
        Assert.Equal(["b", "é", "z"], Of(Greatest(Col("a"), Col("b")), Column(StringType.Default, "b", "é", null), Column(StringType.Default, "a", "z", "z")));
        Assert.Equal([true, false, true], Of(Greatest(Col("a"), Col("b")), Column(BooleanType.Default, false, false, null), Column(BooleanType.Default, true, false, true)));
        Assert.Equal([false, false, true], Of(Least(Col("a"), Col("b")), Column(BooleanType.Default, false, false, null), Column(BooleanType.Default, true, false, true)));
    }

    [Fact]
    public void Membership_knows_null_promotes_and_takes_columns()
    {
        Assert.Equal([true, false, true, null, false], Of(Col("a").IsIn(1, 3), Numbers));
        Assert.Equal([true, null, true, null, null], Of(Col("a").IsIn(1, 3, null), Numbers));
        Assert.Equal([true, false, false, null, false], Of(Col("a").IsIn(1.0, 2.5, 5_000_000_000L), Numbers));
        Assert.Equal([false, false, false, null, false], Of(Col("a").IsIn(), Numbers));
        Assert.Equal([true, true, false, null, false], Of(Col("a").IsIn(1, Col("b")), Numbers, Column(Int64Type.Default, 9L, 2L, 9L, 9L, 9L)));
        Assert.Equal([.. Enumerable.Range(0, 3000).Select(i => (object)(i % 3 == 0))], Of(
            Col("a").IsIn(Enumerable.Range(0, 1000).Select(i => (object?)(i * 3))), Column(Int32Type.Default, [.. Enumerable.Range(0, 3000).Select(i => (object)i)])));
        Assert.Equal([true, false], Of(Col("a").IsIn("2024-01-02"), Column(Date32Type.Default, 19_724, 19_725)));
        Refused(Col("a").IsIn("x"), Int32Type.Default);
    }

    [Fact]
    public void Between_includes_both_bounds() => Assert.Equal([false, true, true, null, false], Of(Col("a").Between(2, 3), Numbers));
}
