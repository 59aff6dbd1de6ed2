namespace DataEngineX.Quality;

/// <summary>Distribution functions: the share of a distribution at or below a value.</summary>
internal static class Distributions
{
    public static double Normal(double z)
    {
        var tail = 0.5 * Quality.Gamma.Upper(0.5, z * z / 2);
        return z < 0 ? tail : 1 - tail;
    }

    public static double Exponential(double x) => x <= 0 ? 0 : 1 - Math.Exp(-x);

    public static double Uniform(double x) => Math.Clamp(x, 0, 1);

    public static double Gamma(double x, double shape) => x <= 0 ? 0 : Quality.Gamma.Lower(shape, x);

    /// <summary>The incomplete beta function over its whole: a continued fraction (Lentz) at the side where it converges fast.</summary>
    public static double Beta(double x, double a, double b)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;
        var scale = Math.Exp(Quality.Gamma.Log(a + b) - Quality.Gamma.Log(a) - Quality.Gamma.Log(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2) ? scale * Fraction(x, a, b) / a : 1 - (scale * Fraction(1 - x, b, a) / b);
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
        var h = d;
        for (var m = 1; m < 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            h *= Step(even, ref c, ref d);
            var last = Step(odd, ref c, ref d);
            h *= last;
            if (Math.Abs(last - 1) < 1e-16)
                break;
        }

        return h;

        static double Step(double term, ref double c, ref double d)
        {
            d = 1 + (term * d);
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = 1 + (term / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            return c * d;
        }
    }
}
