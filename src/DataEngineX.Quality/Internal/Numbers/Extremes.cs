using System.Numerics;

namespace DataEngineX.Quality;

/// <summary>The lowest and the highest of some values; both are NaN when one of the values is.</summary>
internal readonly record struct Extremes<T>(T Least, T Most)
    where T : unmanaged, INumber<T>
{
    /// <summary>Those of values; null of none.</summary>
    public static Extremes<T>? Of(ReadOnlySpan<T> values)
    {
        if (values.IsEmpty)
            return null;
        var (least, most, nan) = (values[0], values[0], T.IsNaN(values[0]));
        var i = 0;
        if (Vector<T>.IsSupported && values.Length >= Vector<T>.Count)
        {
            var low = new Vector<T>(values);
            var (high, same) = (low, Vector.Equals(low, low));
            for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var next = new Vector<T>(values[i..]);
                low = Vector.Min(low, next);
                high = Vector.Max(high, next);
                // A NaN is the one value that is not equal to itself.
                same &= Vector.Equals(next, next);
            }

            nan |= !Vector.EqualsAll(same.As<T, byte>(), Vector<byte>.AllBitsSet);
            for (var lane = 0; lane < Vector<T>.Count; lane++)
                (least, most) = (low[lane] < least ? low[lane] : least, high[lane] > most ? high[lane] : most);
        }

        for (; i < values.Length; i++)
        {
            least = values[i] < least ? values[i] : least;
            most = values[i] > most ? values[i] : most;
            nan |= T.IsNaN(values[i]);
        }

        return nan ? new Extremes<T>(NaN, NaN) : new Extremes<T>(least, most);
    }

    public Extremes<T> Merge(Extremes<T> other) =>
        T.IsNaN(Least) ? this
        : T.IsNaN(other.Least) ? other
        : new Extremes<T>(other.Least < Least ? other.Least : Least, other.Most > Most ? other.Most : Most);

    private static T NaN => T.CreateTruncating(double.NaN);
}
