using System.Numerics;
using Apache.Arrow.Types;
using CsCheck;
using DataEngineX.Expressions;
using static DataEngineX.Expressions.Columns;
using static DataEngineX.Pipelines.Tests.Evaluating.Evaluation;

namespace DataEngineX.Pipelines.Tests.Evaluating;

public sealed class DecimalTests
{
    private static readonly Gen<Int128> Digits = Gen.Select(Gen.Int[0, 37], Gen.Long, Gen.Long, (size, high, low) =>
        (((Int128)high << 64) | (ulong)low) % (Int128)BigInteger.Pow(10, size + 1));

    [Fact]
    public void Arithmetic_agrees_with_whole_numbers_of_any_size() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Digits, Digits).Sample((leftScale, rightScale, left, right) =>
        {
            var (l, r) = (new Decimal128Type(38, leftScale), new Decimal128Type(38, rightScale));
            var scale = Math.Max(leftScale, rightScale);
            var sidesFit = Fits(Up(left, scale - leftScale)) && Fits(Up(right, scale - rightScale));
            if (sidesFit)
            {
                Check(Col("a") + Col("b"), l, r, left, right, s => (Up(left, s - leftScale) + Up(right, s - rightScale), 1));
                Check(Col("a") - Col("b"), l, r, left, right, s => (Up(left, s - leftScale) - Up(right, s - rightScale), 1));
            }
            else
            {
                Fails<OverflowException>(Col("a") + Col("b"), Column(l, left), Column(r, right));
            }

            Check(Col("a") * Col("b"), l, r, left, right, s => Scale((BigInteger)left * right, s - leftScale - rightScale));
            if (right != 0)
            {
                Check(Col("a") / Col("b"), l, r, left, right, s => (Up(left, s - leftScale + rightScale), right));
                if (sidesFit)
                    Check(Col("a") % Col("b"), l, r, left, right, s => (BigInteger.Remainder(Up(left, s - leftScale), Up(right, s - rightScale)), 1));
            }
        }, iter: 3000);

    [Theory]
    [InlineData("add", 10, 2, 5, 3, "decimal(12,3)")]
    [InlineData("mul", 10, 2, 5, 3, "decimal(15,5)")]
    [InlineData("div", 10, 2, 5, 3, "decimal(38,18)")]
    [InlineData("mod", 10, 2, 5, 3, "decimal(11,3)")]
    [InlineData("add", 38, 18, 38, 18, "decimal(38,18)")]
    [InlineData("mul", 38, 18, 38, 18, "decimal(38,18)")]
    [InlineData("mul", 30, 10, 20, 10, "decimal(38,10)")]
    [InlineData("div", 38, 20, 5, 3, "decimal(38,20)")]
    public void Results_have_the_digits_they_need(string function, int p, int s, int q, int t, string expected) =>
        Assert.Equal(expected, ArrowTypes.NameOf(TypeOf(new CallExpr(function, Col("a"), Col("b")), new Decimal128Type(p, s), new Decimal128Type(q, t))));

    [Fact]
    public void Literals_are_as_wide_as_their_digits()
    {
        var money = new Decimal128Type(10, 2);
        Assert.Equal("decimal(12,3)", ArrowTypes.NameOf(TypeOf(Col("a") * 1.5m, money)));
        Assert.Equal("decimal(11,2)", ArrowTypes.NameOf(TypeOf(Col("a") * 2, money)));
        Assert.Equal("double", ArrowTypes.NameOf(TypeOf(Col("a") * 2.0, money)));
        Assert.Equal([(Int128)15000, null], Of(Col("a") * 1.5m, Column(money, (Int128)1000, null)));
        Assert.Equal([(Int128)(-1050), null], Of(-Col("a") - 0.5m, Column(money, (Int128)1000, null)));
        Assert.Equal([true, null], Of(Col("a") == 10, Column(money, (Int128)1000, null)));
        Assert.Equal([true, null], Of(Col("a") < 10.001m, Column(money, (Int128)1000, null)));
        Assert.Equal([true, false], Of(Col("a").IsIn(10, 10.5m), Column(money, (Int128)1000, (Int128)1001)));
    }

    [Fact]
    public void Zero_divisors_give_null_and_what_does_not_fit_names_row_and_values()
    {
        var type = new Decimal128Type(38, 2);
        var most = (Int128)BigInteger.Pow(10, 38) - 1;
        Assert.Equal([null, null], Of(Col("a") / Col("b"), Column(type, (Int128)100, null), Column(type, (Int128)0, (Int128)0)));
        Assert.Equal([null], Of(Col("a") % 0, Column(type, (Int128)100)));
        var error = Fails<OverflowException>(Col("a") + Col("b"), Column(type, (Int128)1, most), Column(type, (Int128)1, (Int128)100));
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("999999999999999999999999999999999999.99 and 1.00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounding_drops_digits_and_keeps_room_for_a_carry()
    {
        var type = new Decimal128Type(4, 3);
        var column = Column(type, (Int128)2500, (Int128)(-2500), (Int128)3500, (Int128)9999, (Int128)(-1), null);
        Assert.Equal([(Int128)2, (Int128)(-2), (Int128)4, (Int128)10, (Int128)0, null], Of(Col("a").Round(), column));
        Assert.Equal([(Int128)3, (Int128)(-3), (Int128)4, (Int128)10, (Int128)0, null], Of(Col("a").RoundAwayFromZero(), column));
        Assert.Equal([(Int128)2, (Int128)(-3), (Int128)3, (Int128)9, (Int128)(-1), null], Of(Col("a").Floor(), column));
        Assert.Equal([(Int128)3, (Int128)(-2), (Int128)4, (Int128)10, (Int128)0, null], Of(Col("a").Ceiling(), column));
        Assert.Equal([(Int128)2, (Int128)(-2), (Int128)3, (Int128)9, (Int128)0, null], Of(Col("a").Truncate(), column));
        Assert.Equal([(Int128)250, (Int128)(-250), (Int128)350, (Int128)1000, (Int128)0, null], Of(Col("a").Round(2), column));
    }

    private static void Check(Expr expression, Decimal128Type l, Decimal128Type r, Int128 left, Int128 right, Func<int, (BigInteger, BigInteger)> exact)
    {
        var type = (Decimal128Type)TypeOf(expression, l, r);
        var (numerator, denominator) = exact(type.Scale);
        var expected = Rounded(numerator, denominator);
        if (Fits(expected) && BigInteger.Abs(expected) < BigInteger.Pow(10, type.Precision))
            Assert.Equal([(Int128)expected], Of(expression, Column(l, left), Column(r, right)));
        else
            Fails<OverflowException>(expression, Column(l, left), Column(r, right));
    }

    private static bool Fits(BigInteger value) => BigInteger.Abs(value) < BigInteger.Pow(10, 38);

    private static BigInteger Up(BigInteger value, int digits) => value * BigInteger.Pow(10, digits);

    private static (BigInteger, BigInteger) Scale(BigInteger value, int digits) =>
        digits >= 0 ? (Up(value, digits), 1) : (value, BigInteger.Pow(10, -digits));

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator)
    {
        var (n, d) = (BigInteger.Abs(numerator), BigInteger.Abs(denominator));
        return ((2 * n) + d) / (2 * d) * numerator.Sign * denominator.Sign;
    }
}
