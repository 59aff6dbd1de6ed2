namespace DataEngineX;

/// <summary>An operator that failed on the rows it was given, such as a sum that overflows or a text that is no number.</summary>
public class OperatorException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="operatorName">The operator.</param>
    /// <param name="column">The column being computed, when known.</param>
    /// <param name="inner">What went wrong; its message names the value when there is one.</param>
    public OperatorException(string operatorName, string? column, Exception inner)
        : base(column is null ? $"'{operatorName}' failed: {inner?.Message}" : $"'{operatorName}' failed at the column '{column}': {inner?.Message}", inner)
    {
        OperatorName = operatorName;
        Column = column;
    }

    /// <summary>The operator.</summary>
    public string OperatorName { get; }

    /// <summary>The column being computed, when known.</summary>
    public string? Column { get; }
}
