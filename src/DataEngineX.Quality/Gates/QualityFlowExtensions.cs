using DataEngineX.Pipelines;
using DataEngineX.Quality;

namespace DataEngineX;

/// <summary>Puts gates into flows.</summary>
public static class QualityFlowExtensions
{
    /// <summary>Checks every row: rules first, then what a failure does.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The rows to check.</param>
    /// <param name="rules">Writes the suite, such as <c>q =&gt; q.NotNull(r =&gt; r.Station).OnFailure(Gate.Quarantine)</c>.</param>
    public static Flow<T> Check<T>(this Flow<T> flow, Func<QualityBuilder<T>, QualityBuilder<T>> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return flow.Check(Written(rules(new QualityBuilder<T>())).Build());
    }

    /// <summary>Checks every row against a suite.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The rows to check.</param>
    /// <param name="suite">The rules and the gate.</param>
    public static Flow<T> Check<T>(this Flow<T> flow, Suite suite)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.With(new CheckNode(flow.Node, suite));
    }

    /// <summary>Checks every row: rules first, then what a failure does.</summary>
    /// <param name="flow">The rows to check.</param>
    /// <param name="rules">Writes the suite, such as <c>q =&gt; q.NotNull("station").OnFailure(Gate.Quarantine)</c>.</param>
    public static Flow Check(this Flow flow, Func<QualityBuilder, QualityBuilder> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return flow.Check(Written(rules(new QualityBuilder())).Build());
    }

    /// <summary>Checks every row against a suite.</summary>
    /// <param name="flow">The rows to check.</param>
    /// <param name="suite">The rules and the gate.</param>
    public static Flow Check(this Flow flow, Suite suite)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.With(new CheckNode(flow.Node, suite));
    }

    /// <summary>Checks all rows of a flow outside of any pipeline: nothing is set aside and nothing is stopped, the result tells.</summary>
    /// <param name="reader">Reads the flow.</param>
    /// <param name="flow">The rows.</param>
    /// <param name="suite">The rules.</param>
    /// <param name="options">Clock, allocator, samples. <value>Default: null, the defaults.</value></param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PlanException">The flow does not fit what it reads, or a rule does not fit the rows and options do not say to report that.</exception>
    public static async ValueTask<SuiteResult> CheckAsync(
        this FlowReader reader, Flow flow, Suite suite, CheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(suite);
        var run = await reader.OpenAsync(flow, cancellationToken).ConfigureAwait(false);
        return await suite.CheckAsync(run.ReadAsync(cancellationToken), run.Schema, options, cancellationToken).ConfigureAwait(false);
    }

    private static TBuilder Written<TBuilder>(TBuilder? builder)
        where TBuilder : class =>
        builder ?? throw new ArgumentException("The function that writes the suite returned null; return the builder it was given.");
}
