namespace DataEngineX.Pipelines;

/// <content>Values over a frame of rows.</content>
public partial interface IWindow
{
    /// <summary>The mean of a frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    double RollingMean<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The mean of a frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingMean<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The mean of a frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingMean<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The sum of a frame: int64 or uint64 of integers and decimal of decimals, exact, else double.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    TValue RollingSum<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The sum of a frame: int64 or uint64 of integers and decimal of decimals, exact, else double.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    TValue RollingSum<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The sum of a frame: int64 or uint64 of integers and decimal of decimals, exact, else double.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    TValue RollingSum<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The smallest value of a frame, in its own type.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    TValue RollingMin<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The smallest value of a frame, in its own type.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    TValue RollingMin<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The smallest value of a frame, in its own type.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    TValue RollingMin<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The largest value of a frame, in its own type.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    TValue RollingMax<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The largest value of a frame, in its own type.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    TValue RollingMax<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The largest value of a frame, in its own type.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    TValue RollingMax<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The sample variance of a frame; null of fewer than two values.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    double RollingVariance<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The sample variance of a frame; null of fewer than two values.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingVariance<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The sample variance of a frame; null of fewer than two values.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingVariance<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The variance of a frame as a whole population.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    double RollingVariancePopulation<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The variance of a frame as a whole population.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingVariancePopulation<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The variance of a frame as a whole population.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingVariancePopulation<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The sample standard deviation of a frame; null of fewer than two values.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    double RollingStandardDeviation<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The sample standard deviation of a frame; null of fewer than two values.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingStandardDeviation<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The sample standard deviation of a frame; null of fewer than two values.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingStandardDeviation<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The standard deviation of a frame as a whole population.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    /// <param name="minRows">The least number of values. <value>Default: 0, the whole frame.</value></param>
    double RollingStandardDeviationPopulation<TValue>(TValue value, int rows, int minRows = 0);

    /// <summary>The standard deviation of a frame as a whole population.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingStandardDeviationPopulation<TValue>(TValue value, TimeSpan preceding, int minRows = 1);

    /// <summary>The standard deviation of a frame as a whole population.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    /// <param name="minRows">The least number of values. <value>Default: 1.</value></param>
    double RollingStandardDeviationPopulation<TValue>(TValue value, WindowFrame frame, int minRows = 1);

    /// <summary>The number of values of a frame that are not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    long RollingCount<TValue>(TValue value, int rows);

    /// <summary>The number of values of a frame that are not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    long RollingCount<TValue>(TValue value, TimeSpan preceding);

    /// <summary>The number of values of a frame that are not null.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    long RollingCount<TValue>(TValue value, WindowFrame frame);

    /// <summary>The value of a frame's first row, null or not; null of an empty frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    TValue RollingFirst<TValue>(TValue value, int rows);

    /// <summary>The value of a frame's first row, null or not; null of an empty frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    TValue RollingFirst<TValue>(TValue value, TimeSpan preceding);

    /// <summary>The value of a frame's first row, null or not; null of an empty frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    TValue RollingFirst<TValue>(TValue value, WindowFrame frame);

    /// <summary>The value of a frame's last row, null or not; null of an empty frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="rows">The length of the frame, this row included.</param>
    TValue RollingLast<TValue>(TValue value, int rows);

    /// <summary>The value of a frame's last row, null or not; null of an empty frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="preceding">How long before this row the frame begins, by the order key.</param>
    TValue RollingLast<TValue>(TValue value, TimeSpan preceding);

    /// <summary>The value of a frame's last row, null or not; null of an empty frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="frame">The rows of the frame.</param>
    TValue RollingLast<TValue>(TValue value, WindowFrame frame);

    /// <summary>The value of a frame's n-th row, null or not; null in a shorter frame.</summary>
    /// <typeparam name="TValue">The value type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="n">Which row of the frame, from 1.</param>
    /// <param name="frame">The rows of the frame.</param>
    TValue RollingNth<TValue>(TValue value, int n, WindowFrame frame);
}
