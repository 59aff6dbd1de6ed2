namespace DataEngineX.Pipelines;

/// <summary>A group inside <see cref="GroupedFlow{T, TKey}.Aggregate"/>. It exists only in lambdas that are translated; nothing implements it.</summary>
/// <typeparam name="T">The row type.</typeparam>
/// <typeparam name="TKey">The key type.</typeparam>
public interface IGroup<T, TKey>
{
    /// <summary>The key of the group.</summary>
    TKey Key { get; }

    /// <summary>The number of rows.</summary>
    long Count();

    /// <summary>The number of values that are not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    long Count<TValue>(Func<T, TValue> value);

    /// <summary>The number of different values that are not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    long CountDistinct<TValue>(Func<T, TValue> value);

    /// <summary>The sum.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue Sum<TValue>(Func<T, TValue> value);

    /// <summary>The mean.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double Mean<TValue>(Func<T, TValue> value);

    /// <summary>The smallest value.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue Min<TValue>(Func<T, TValue> value);

    /// <summary>The largest value.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue Max<TValue>(Func<T, TValue> value);

    /// <summary>The sample standard deviation.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double StandardDeviation<TValue>(Func<T, TValue> value);

    /// <summary>The sample variance.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double Variance<TValue>(Func<T, TValue> value);

    /// <summary>The first value in row order that is not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue First<TValue>(Func<T, TValue> value);

    /// <summary>The last value in row order that is not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    TValue Last<TValue>(Func<T, TValue> value);

    /// <summary>The variance of the values themselves.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double VariancePopulation<TValue>(Func<T, TValue> value);

    /// <summary>The standard deviation of the values themselves.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double StandardDeviationPopulation<TValue>(Func<T, TValue> value);

    /// <summary>The middle value, halfway between the two middle ones if their number is even.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    double Median<TValue>(Func<T, TValue> value);

    /// <summary>The value below which a fraction of the values lies, interpolated linearly between neighbours.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="fraction">Between 0, the smallest value, and 1, the largest; known when the flow is described.</param>
    double Quantile<TValue>(Func<T, TValue> value, double fraction);

    /// <summary>Pearson's correlation of two values, over rows in which neither is null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <typeparam name="TOther">The other value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="other">The other value.</param>
    double Correlation<TValue, TOther>(Func<T, TValue> value, Func<T, TOther> other);

    /// <summary>The largest values, largest first.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="count">How many at most, 1 to 1,000; known when the flow is described.</param>
    TValue[] Largest<TValue>(Func<T, TValue> value, int count);

    /// <summary>The smallest values, smallest first.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="count">How many at most, 1 to 1,000; known when the flow is described.</param>
    TValue[] Smallest<TValue>(Func<T, TValue> value, int count);

    /// <summary>The number of different values that are not null, estimated in bounded memory with a standard error of 2.3 %.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    long ApproximateCountDistinct<TValue>(Func<T, TValue> value);

    /// <summary>Whether a condition holds for any row.</summary>
    /// <param name="value">The condition.</param>
    bool Any(Func<T, bool> value);

    /// <summary>Whether a condition holds for all rows; rows in which it is null do not count.</summary>
    /// <param name="value">The condition.</param>
    bool All(Func<T, bool> value);
}
