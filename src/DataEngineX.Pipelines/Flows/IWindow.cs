namespace DataEngineX.Pipelines;

/// <summary>
/// The neighbours of a row inside <c>Window</c>. It exists only in lambdas that are translated; nothing implements it. A rolling frame is
/// this row and those before it; with fewer than <c>minRows</c> values that are not null the result is null (0: the whole frame must be there).
/// </summary>
public interface IWindow
{
    /// <summary>The value so many rows before; null where there is none.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The distance, at least 1.</param>
    TValue Lag<TValue>(TValue value, int rows);

    /// <summary>The mean of a rolling frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame.</param>
    /// <param name="minRows">The least number of values.</param>
    double RollingMean<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The sum of a rolling frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame.</param>
    /// <param name="minRows">The least number of values.</param>
    double RollingSum<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The smallest value of a rolling frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame.</param>
    /// <param name="minRows">The least number of values.</param>
    double RollingMin<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The largest value of a rolling frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame.</param>
    /// <param name="minRows">The least number of values.</param>
    double RollingMax<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The sample standard deviation of a rolling frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame.</param>
    /// <param name="minRows">The least number of values.</param>
    double RollingStandardDeviation<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The number of the row in its partition, from 1.</summary>
    long RowNumber();
}
