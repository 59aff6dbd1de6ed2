namespace DataEngineX.Quality;

/// <summary>The probability that a Kolmogorov-Smirnov distance is at least so large by chance.</summary>
/// <remarks>
/// One sample: exact by the matrix of Durbin, as Marsaglia, Tsang and Wang compute it, or by Smirnov's sum where the far tail is that of two
/// one-sided tests; by the expansion of Pelz and Good for many values. Two samples: paths on a lattice are counted.
/// </remarks>
internal static class KolmogorovTail
{
    /// <summary>The size of the larger sample up to which the test of two samples is exact by default.</summary>
    public const int MostExact = 10_000;

    /// <summary>The probability for two samples without ties.</summary>
    /// <param name="m">The size of one sample.</param>
    /// <param name="n">The size of the other.</param>
    /// <param name="steps">The distance times m n: a whole number.</param>
    public static double OfTwoSamples(int m, int n, long steps)
    {
        if (steps <= 0)
            return 1;
        // Each order of both samples is a path from (0, 0) to (m, n); reached[j] is the probability that a path to (i, j) has touched the border.
        var reached = new double[n + 1];
        for (var j = 0; j <= n; j++)
            reached[j] = (long)j * m >= steps ? 1 : 0;
        for (var i = 1; i <= m; i++)
        {
            // Outside of the band all is 1 already, or becomes so now.
            var low = Math.Max(0, FloorDivide(((long)i * n) - steps, m) + 1);
            var high = Math.Min(n, CeilingDivide(((long)i * n) + steps, m) - 1);
            if (low > n)
                return 1;
            if (low > 0)
                reached[low - 1] = 1;
            for (var j = (int)low; j <= high; j++)
                reached[j] = j == 0 ? reached[0] : ((reached[j] * i) + (reached[j - 1] * j)) / (i + j);
            if (low == 0)
                reached[0] = 0;
            if (high < n)
                reached[(int)high + 1] = 1;
        }

        return Math.Clamp(reached[n], 0, 1);
    }

    /// <summary>The probability for one sample of n values.</summary>
    public static double OfOneSample(long n, double distance)
    {
        if (n <= 0 || double.IsNaN(distance))
            return double.NaN;
        if (distance >= 1)
            return 0;
        if (distance <= 0)
            return 1;
        var t = n * distance;
        if (t <= 0.5)
            return 1;
        if (t >= n - 1)
            return 2 * Math.Pow(1 - distance, n);
        var square = t * distance;
        if (distance >= 0.5 || (n <= 140 ? square > 4 : square >= 2.2))
            return Math.Clamp(2 * Smirnov(n, distance), 0, 1);
        var below = n <= 140 || (n <= 100_000 && n * Math.Pow(distance, 1.5) <= 1.4) ? Durbin((int)n, distance) : PelzGood(n, distance);
        return Math.Clamp(1 - below, 0, 1);
    }

    /// <summary>The probability that the one-sided distance is at least d: Smirnov's sum, all of whose terms are positive.</summary>
    private static double Smirnov(long n, double d)
    {
        var last = (long)Math.Floor(n * (1 - d));
        var all = Gamma.Log(n + 1);
        var sum = 0.0;
        for (long j = 0; j <= last; j++)
        {
            var rest = 1 - d - ((double)j / n);
            if (rest <= 0)
            {
                sum += j == n ? Math.Pow(d + 1, n - 1) : 0;
                continue;
            }

            sum += Math.Exp(
                all - Gamma.Log(j + 1) - Gamma.Log(n - j + 1) + ((n - j) * Math.Log(rest)) + ((j - 1) * Math.Log(d + ((double)j / n))));
        }

        return d * sum;
    }

    /// <summary>The probability that the distance is below d: an element of the n-th power of a matrix, times n! / n^n.</summary>
    private static double Durbin(int n, double d)
    {
        var k = (int)Math.Ceiling(n * d);
        var size = (2 * k) - 1;
        var h = k - (n * d);
        var matrix = DurbinMatrix(size, h);
        var result = new double[size * size];
        for (var i = 0; i < size; i++)
            result[(i * size) + i] = 1;
        var (exponent, resultExponent) = (0, 0);
        for (var power = n; power > 0; power >>= 1)
        {
            if ((power & 1) == 1)
            {
                result = Multiply(result, matrix, size);
                resultExponent += exponent + Rescale(result, k, size);
            }

            matrix = Multiply(matrix, matrix, size);
            exponent = (2 * exponent) + Rescale(matrix, k, size);
        }

        var value = result[((k - 1) * size) + k - 1];
        for (var i = 1; i <= n; i++)
        {
            value *= (double)i / n;
            if (value < 1e-140)
            {
                value *= 1e140;
                resultExponent -= 140;
            }
        }

        return value * Math.Pow(10, resultExponent);
    }

    private static double[] DurbinMatrix(int size, double h)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[(i * size) + j] = i - j + 1 < 0 ? 0 : 1;
        }

        for (var i = 0; i < size; i++)
        {
            matrix[i * size] -= Math.Pow(h, i + 1);
            matrix[((size - 1) * size) + i] -= Math.Pow(h, size - i);
        }

        matrix[(size - 1) * size] += (2 * h) - 1 > 0 ? Math.Pow((2 * h) - 1, size) : 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                for (var g = 1; g <= i - j + 1; g++)
                    matrix[(i * size) + j] /= g;
            }
        }

        return matrix;
    }

    private static double[] Multiply(double[] left, double[] right, int size)
    {
        var product = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
            {
                var factor = left[(i * size) + k];
                if (factor == 0)
                    continue;
                for (var j = 0; j < size; j++)
                    product[(i * size) + j] += factor * right[(k * size) + j];
            }
        }

        return product;
    }

    /// <summary>Keeps the middle of a matrix within range; returns the power of ten taken out.</summary>
    private static int Rescale(double[] matrix, int k, int size)
    {
        if (matrix[((k - 1) * size) + k - 1] <= 1e140)
            return 0;
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] *= 1e-140;
        return 140;
    }

    /// <summary>The probability that the distance is below d, by the first four terms of an expansion in 1/√n.</summary>
    private static double PelzGood(long n, double d)
    {
        var z = Math.Sqrt(n) * d;
        double z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, z8 = z4 * z4;
        const double P2 = Math.PI * Math.PI, P4 = P2 * P2, P6 = P4 * P2;
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0, extra2 = 0, extra3 = 0;
        var terms = (int)Math.Ceiling(16 * z / Math.PI) + 2;
        for (var i = terms; i >= 1; i--)
        {
            double m2 = ((2.0 * i) - 1) * ((2.0 * i) - 1), m4 = m2 * m2, m6 = m4 * m2;
            var odd = Math.Exp(-m2 * P2 / (8 * z2));
            k0 += odd;
            k1 += odd * ((P2 / 4 * m2) - z2);
            k2 += odd * ((6 * z6) + (2 * z4) + (P2 / 4 * ((2 * z4) - (5 * z2)) * m2) + (P4 / 16 * (1 - (2 * z2)) * m4));
            k3 += odd * ((-30 * z6) - (90 * z8) + (P2 / 4 * ((135 * z4) - (96 * z6)) * m2) + (P4 / 16 * ((212 * z4) - (60 * z2)) * m4)
                + (P6 / 64 * (5 - (30 * z2)) * m6));
            double i2 = (double)i * i;
            var even = Math.Exp(-i2 * P2 / (2 * z2));
            extra2 += i2 * even;
            extra3 += ((3 * z2) - (P2 * i2)) * i2 * even;
        }

        var scale = Math.Sqrt(2 * Math.PI);
        k0 *= scale / z;
        k1 *= scale / (6 * z4);
        k2 = (scale / (72 * z6 * z) * k2) - (P2 * scale / (36 * z2 * z) * extra2);
        k3 = (scale / (6480 * z8 * z2) * k3) + (P2 * scale / (216 * z6) * extra3);
        var root = Math.Sqrt(n);
        return k0 + (k1 / root) + (k2 / n) + (k3 / (n * root));
    }

    private static long FloorDivide(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);

    private static long CeilingDivide(long a, long b) => -FloorDivide(-a, b);
}
