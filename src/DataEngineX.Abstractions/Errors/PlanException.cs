namespace DataEngineX;

/// <summary>A pipeline that cannot be described or bound: it names the pipeline, the operator and the column.</summary>
public class PlanException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong and what to write instead.</param>
    /// <param name="operator">The operator that could not be bound, when known.</param>
    /// <param name="column">The column concerned, when there is one.</param>
    /// <param name="pipeline">The pipeline, when known.</param>
    public PlanException(string message, string? @operator = null, string? column = null, string? pipeline = null)
        : base(Compose(message, @operator, pipeline))
    {
        Reason = message;
        Operator = @operator;
        Column = column;
        Pipeline = pipeline;
    }

    /// <summary>The message without the pipeline and operator before it.</summary>
    public string Reason { get; }

    /// <summary>The pipeline, when known.</summary>
    public string? Pipeline { get; }

    /// <summary>The operator that could not be bound, when known.</summary>
    public string? Operator { get; }

    /// <summary>The column concerned, when there is one.</summary>
    public string? Column { get; }

    /// <summary>The same error with what was not yet known filled in.</summary>
    /// <param name="operator">The operator.</param>
    /// <param name="pipeline">The pipeline.</param>
    public PlanException With(string? @operator = null, string? pipeline = null) =>
        new(Reason, Operator ?? @operator, Column, Pipeline ?? pipeline);

    private static string Compose(string message, string? @operator, string? pipeline) => (pipeline, @operator) switch
    {
        (null, null) => message,
        (null, _) => $"{@operator}: {message}",
        (_, null) => $"Pipeline '{pipeline}': {message}",
        _ => $"Pipeline '{pipeline}', {@operator}: {message}",
    };
}
