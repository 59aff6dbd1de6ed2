namespace DataEngineX.ML;

/// <summary>Errors of one contender over some rows.</summary>
/// <param name="Rows">How many rows were judged.</param>
/// <param name="MeanAbsoluteError">The mean absolute error, in the label's unit; NaN without rows.</param>
/// <param name="RootMeanSquaredError">The root of the mean squared error; NaN without rows.</param>
public sealed record ErrorSummary(int Rows, double MeanAbsoluteError, double RootMeanSquaredError)
{
    /// <summary>Summarises predictions beside the truth.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The true values, as many.</param>
    /// <returns>The errors.</returns>
    public static ErrorSummary Of(ReadOnlySpan<double> predictions, ReadOnlySpan<double> labels)
    {
        if (predictions.Length != labels.Length)
            throw new ArgumentException($"{predictions.Length} predictions do not pair with {labels.Length} labels.", nameof(labels));
        var absolute = 0.0;
        var squared = 0.0;
        for (var i = 0; i < predictions.Length; i++)
        {
            var error = predictions[i] - labels[i];
            absolute += Math.Abs(error);
            squared += error * error;
        }

        return new ErrorSummary(predictions.Length, absolute / predictions.Length, Math.Sqrt(squared / predictions.Length));
    }
}
