using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Pipelines.Tests.Evaluating.Evaluation;

namespace DataEngineX.Pipelines.Tests.Evaluating;

public sealed class FoldingTests
{
    [Fact]
    public void Constants_are_computed_while_binding_and_failures_are_told_then()
    {
        var overflow = Refused(Col("a") > Lit(int.MaxValue) + 1, Int32Type.Default);
        Assert.Contains("(add (lit int32 2147483647) (lit int32 1)) cannot be computed", overflow.Message, StringComparison.Ordinal);
        var cast = Refused(Col("a") > Lit("12x").Cast(Int32Type.Default), Int32Type.Default);
        Assert.Contains("12x", cast.Message, StringComparison.Ordinal);
        Assert.Contains("int32", cast.Message, StringComparison.Ordinal);
        Assert.Equal([null], Of(Lit("12x").TryCast(Int32Type.Default), Column(Int32Type.Default, 1)));
    }

    [Fact]
    public void Folded_constants_act_as_literals_where_literals_are_needed() =>
        Assert.Equal([true, false], Of(Col("a").IsIn(Lit(1) + 1, Lit("3").Cast(Int32Type.Default)), Column(Int32Type.Default, 2, 4)));

    [Fact]
    public void Every_kind_of_constant_survives_folding()
    {
        Assert.Equal(3, One(Lit(1) + 2));
        Assert.Equal(0.75, One(Lit(1.5) / 2));
        Assert.Equal((Int128)3_75, One(Lit(1.25m) * 3));
        Assert.Equal("12", One(Lit(12).Cast(StringType.Default)));
        Assert.Equal(19_724, One(Lit("2024-01-02").Cast(Date32Type.Default)));
        Assert.Equal(1_704_153_600_000_000L, One(Lit("2024-01-02").Cast(ArrowTypes.TimestampUtc)));
        Assert.Equal(true, One(Lit(1) < 2L));
        Assert.Null(One(Lit(1) / 0));
        Assert.Equal(2, One(If(Lit(1) > 2, 1, 2)));
    }

    [Fact]
    public void Run_parameters_are_not_folded()
    {
        using var batch = new Apache.Arrow.RecordBatch(new Apache.Arrow.Schema([], null), System.Array.Empty<Apache.Arrow.IArrowArray>(), 1);
        var bound = ExpressionBinder.Bind(RunClock > new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), batch.Schema);
        using var early = (Apache.Arrow.BooleanArray)bound.Evaluate(batch, new Plans.RunParameters(new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)), Apache.Arrow.Memory.MemoryAllocator.Default.Value);
        using var late = (Apache.Arrow.BooleanArray)bound.Evaluate(batch, new Plans.RunParameters(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)), Apache.Arrow.Memory.MemoryAllocator.Default.Value);
        Assert.Equal((false, true), (early.GetValue(0), late.GetValue(0)));
    }

    [Fact]
    public void Conditions_that_are_known_leave_only_what_matters()
    {
        Assert.Equal([1, null], Of(If(Lit(1) > 0, Col("a"), Col("a") + int.MaxValue), Column(Int32Type.Default, 1, null)));
        Assert.Equal([true, false], Of(Lit(true) & Col("a") > 1, Column(Int32Type.Default, 2, 1)));
        Assert.Equal([false, false], Of(Lit(false) & Col("a") > 1, Column(Int32Type.Default, 2, null)));
    }
}
