namespace DataEngineX.Quality;

/// <summary>The gamma function and what is made of it.</summary>
internal static class Gamma
{
    /// <summary>The natural logarithm of Γ(x) for x &gt; 0: Stirling's series above 15, the recurrence below.</summary>
    public static double Log(double x)
    {
        var product = 1.0;
        while (x < 15)
            product *= x++;
        var shift = Math.Log(product);
        var inverse = 1 / x;
        var square = inverse * inverse;
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square * (1.0 / 1188)))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }

    /// <summary>The probability that a chi-square variable is at least a value.</summary>
    public static double ChiSquareTail(double value, double degrees) => double.IsNaN(value) ? double.NaN : value <= 0 ? 1 : Upper(degrees / 2, value / 2);

    /// <summary>The upper incomplete gamma function over Γ(a): a series where it converges fast, a continued fraction (Lentz) elsewhere.</summary>
    public static double Upper(double a, double x) => x <= 0 ? 1 : double.IsPositiveInfinity(x) ? 0 : x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);

    /// <summary>The lower incomplete gamma function over Γ(a).</summary>
    public static double Lower(double a, double x) => x <= 0 ? 0 : double.IsPositiveInfinity(x) ? 1 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    private static double Scale(double a, double x) => Math.Exp((a * Math.Log(x)) - x - Log(a));

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (var n = a + 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= x / n;
            sum += term;
        }

        return sum * Scale(a, x);
    }

    private static double Fraction(double a, double x)
    {
        const double Tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 100_000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = (an * d) + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + (an / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            var step = d * c;
            h *= step;
            if (Math.Abs(step - 1) < 1e-16)
                break;
        }

        return Scale(a, x) * h;
    }
}
