using Apache.Arrow.Types;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Abstractions.Tests.Expressions;

public sealed class ExprTests
{
    [Fact]
    public void Operators_build_the_tree_they_show()
    {
        var expression = (Col("a") + 1) * Col("b") > 2.5 & !Col("c").IsNull();
        Assert.Equal(
            "(and (gt (mul (add (col \"a\") (lit int32 1)) (col \"b\")) (lit double 2.5)) (not (is_null (col \"c\"))))", expression.Canonical);
        Assert.Equal(["a", "b", "c"], expression.ColumnNames());
    }

    [Fact]
    public void Comparing_with_null_means_is_null()
    {
        Assert.Equal(Col("a").IsNull(), Col("a") == Lit(null));
        Assert.Equal(Col("a").IsNotNull(), Lit(null) != Col("a"));
    }

    [Fact]
    public void Trees_are_equal_when_their_text_is()
    {
        Assert.True((Col("a") > 1).Equals(Col("a") > 1));
        Assert.False((Col("a") > 1).Equals(Col("a") > 1L));
        Assert.Equal((Col("a") > 1).GetHashCode(), (Col("a") > 1).GetHashCode());
    }

    [Fact]
    public void Quotes_and_control_characters_cannot_forge_a_tree() =>
        Assert.NotEqual("(lit utf8 \"a\") (lit utf8 \"b\")", Lit("a\") (lit utf8 \"b").Canonical);

    [Fact]
    public void Rewriting_replaces_nodes_bottom_up()
    {
        var rewritten = (Col("a") + Col("b")).Rewrite(e => e is ColumnExpr { Name: "a" } ? Col("c") : e);
        Assert.Equal(Col("c") + Col("b"), rewritten);
    }

    [Fact]
    public void An_unnamed_expression_asks_for_its_name()
    {
        NamedExpr plain = Col("a");
        Assert.Equal("a", plain.Name);
        Assert.Contains(".As(", Assert.Throws<PlanException>(() => { NamedExpr _ = Col("a") + 1; }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(int?), "int32")]
    [InlineData(typeof(string), "utf8")]
    [InlineData(typeof(DateOnly), "date32")]
    [InlineData(typeof(DateTimeOffset), "timestamp[us, UTC]")]
    [InlineData(typeof(DateTime), "timestamp[us]")]
    [InlineData(typeof(decimal), "decimal(38,18)")]
    public void Clr_types_have_column_types(Type clr, string expected) => Assert.Equal(expected, ArrowTypes.NameOf(ArrowTypes.FromClr(clr)));

    [Fact]
    public void A_clr_type_without_a_column_type_is_refused() => Assert.Throws<ArgumentException>(() => ArrowTypes.FromClr(typeof(object)));

    [Fact]
    public void Casts_say_whether_they_may_fail()
    {
        Assert.Equal("(cast int64 (col \"a\"))", Col("a").Cast(Int64Type.Default).Canonical);
        Assert.Equal("(try_cast int64 (col \"a\"))", Col("a").TryCast(Int64Type.Default).Canonical);
    }

    [Fact]
    public void Only_known_run_parameters_exist() => Assert.Throws<ArgumentException>(() => new ParameterExpr("now"));

    /// <summary>A float column and a float literal stay floats, as in C#.</summary>
    [Fact]
    public void Literals_keep_the_type_they_have_in_the_code() => Assert.Equal(
        ["(lit float 2.5)", "(lit double 2.5)", "(lit int32 2)", "(lit int64 2)", "(lit uint64 2)", "(lit bool true)"],
        new Expr[] { 2.5f, 2.5, 2, 2L, 2UL, true }.Select(e => e.Canonical));
}
