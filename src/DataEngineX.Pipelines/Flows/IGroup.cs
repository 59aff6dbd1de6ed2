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
}
