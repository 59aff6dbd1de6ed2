namespace DataEngineX.Compute;

/// <summary>Selects quantiles from values, which it reorders.</summary>
internal static class Quantiles
{
    private const int SmallEnoughToSort = 24;

    /// <summary>The quantile, interpolated linearly between the two values next to it; NaN counts as the greatest value.</summary>
    public static double Select(Span<double> values, double fraction)
    {
        var numbers = MoveNaNsBack(values);
        var place = fraction * (values.Length - 1);
        var below = (int)Math.Floor(place);
        var above = (int)Math.Ceiling(place);
        if (above >= numbers)
            return double.NaN;
        var low = Nth(values[..numbers], below);
        if (above == below)
            return low;
        var high = Least(values[above..numbers]);
        return low.Equals(high) ? low : low + ((high - low) * (place - below));
    }

    private static int MoveNaNsBack(Span<double> values)
    {
        var end = values.Length;
        for (var i = 0; i < end;)
        {
            if (!double.IsNaN(values[i]))
            {
                i++;
                continue;
            }

            end--;
            (values[i], values[end]) = (values[end], values[i]);
        }

        return end;
    }

    private static double Least(Span<double> values) => System.Numerics.Tensors.TensorPrimitives.Min(values);

    /// <summary>Puts the n-th smallest value in its place, none greater before and none smaller behind it.</summary>
    private static double Nth(Span<double> values, int n)
    {
        var (from, to) = (0, values.Length - 1);
        var patience = 2 * System.Numerics.BitOperations.Log2((uint)values.Length + 1);
        while (to - from >= SmallEnoughToSort)
        {
            if (patience-- == 0)
                break;
            var pivot = Middle(values[from], values[from + ((to - from) / 2)], values[to]);
            var (left, right) = (from, to);
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left > right)
                    break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            if (n <= right)
                to = right;
            else if (n >= left)
                from = left;
            else
                return values[n];
        }

        // What is left is short, or an order that the choice of pivots does not suit.
        values[from..(to + 1)].Sort();
        return values[n];
    }

    private static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
