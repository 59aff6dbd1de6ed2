namespace DataEngineX.Pipelines;

/// <summary>
/// The neighbours of a row inside <c>Window</c>. It exists only in lambdas that are translated; nothing implements it. A frame of so many rows is
/// this row and those before it; with fewer than <c>minRows</c> values that are not null the result is null (0: the whole frame must be there).
/// A frame of a time span is the rows whose order key is at most so long before that of this row, equals included; <see cref="WindowFrame"/>
/// says any other.
/// </summary>
public partial interface IWindow
{
    /// <summary>The value so many rows before; null where there is none.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The distance, at least 1.</param>
    TValue Lag<TValue>(TValue value, int rows);

    /// <summary>The value so many rows after; null where there is none.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The distance, at least 1.</param>
    TValue Lead<TValue>(TValue value, int rows);

    /// <summary>The value of the partition's first row.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue First<TValue>(TValue value);

    /// <summary>The value of the partition's last row.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue Last<TValue>(TValue value);

    /// <summary>The value of the partition's n-th row; null in a shorter partition.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="n">Which row, from 1.</param>
    TValue NthValue<TValue>(TValue value, int n);

    /// <summary>The sum up to this row; null before the first value. Sums of integers are exact 64-bit integers.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue RunningSum<TValue>(TValue value);

    /// <summary>The mean up to this row; null before the first value.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double RunningMean<TValue>(TValue value);

    /// <summary>The number of values up to this row that are not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    long RunningCount<TValue>(TValue value);

    /// <summary>The smallest value up to this row; null before the first value.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue RunningMin<TValue>(TValue value);

    /// <summary>The largest value up to this row; null before the first value.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue RunningMax<TValue>(TValue value);

    /// <summary>The sample variance up to this row; null before the second value.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double RunningVariance<TValue>(TValue value);

    /// <summary>The sample standard deviation up to this row; null before the second value.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double RunningStandardDeviation<TValue>(TValue value);

    /// <summary>The rank by the order keys, from 1; equal rows share it, and as many numbers are left out.</summary>
    long Rank();

    /// <summary>The rank by the order keys, from 1; equal rows share it, and no number is left out.</summary>
    long DenseRank();

    /// <summary>The rank from 0 to 1: rank less one by rows less one.</summary>
    double PercentRank();

    /// <summary>The share of the partition's rows that stand not after the row or its equals: above 0, at most 1.</summary>
    double CumeDist();

    /// <summary>The number, from 1, of the one of so many tiles of nearly equal size that the row is in.</summary>
    /// <param name="tiles">How many tiles.</param>
    long Tile(int tiles);

    /// <summary>The number of the row in its partition, from 1.</summary>
    long RowNumber();
}
