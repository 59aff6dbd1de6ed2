using DataEngineX.Pipelines;
using DataEngineX.Plans;
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

    /// <summary>Checks every row against a suite, some of whose rules hold it against other datasets.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="flow">The rows to check.</param>
    /// <param name="rules">Writes the suite, such as <c>q =&gt; q.ForeignKey(r =&gt; r.Station, "stations", "id")</c>.</param>
    /// <param name="references">The other datasets, by the names the rules have for them; each is read whole before the first row is checked.</param>
    /// <exception cref="PlanException">A rule names another dataset that is not given, no rule names one that is, or one is read incrementally.</exception>
    public static Flow<T> Check<T>(this Flow<T> flow, Func<QualityBuilder<T>, QualityBuilder<T>> rules, IReadOnlyDictionary<string, Flow> references)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(rules);
        return flow.With(new CheckNode(flow.Node, Written(rules(new QualityBuilder<T>())).Build(), Nodes(references)));
    }

    /// <summary>Checks every row against a suite, some of whose rules hold it against other datasets.</summary>
    /// <param name="flow">The rows to check.</param>
    /// <param name="rules">Writes the suite, such as <c>q =&gt; q.ForeignKey("station", "stations", "id")</c>.</param>
    /// <param name="references">The other datasets, by the names the rules have for them; each is read whole before the first row is checked.</param>
    /// <exception cref="PlanException">A rule names another dataset that is not given, no rule names one that is, or one is read incrementally.</exception>
    public static Flow Check(this Flow flow, Func<QualityBuilder, QualityBuilder> rules, IReadOnlyDictionary<string, Flow> references)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return flow.Check(Written(rules(new QualityBuilder())).Build(), references);
    }

    /// <summary>Checks every row against a suite, some of whose rules hold it against other datasets.</summary>
    /// <param name="flow">The rows to check.</param>
    /// <param name="suite">The rules and the gate.</param>
    /// <param name="references">The other datasets, by the names the rules have for them; each is read whole before the first row is checked.</param>
    /// <exception cref="PlanException">A rule names another dataset that is not given, no rule names one that is, or one is read incrementally.</exception>
    public static Flow Check(this Flow flow, Suite suite, IReadOnlyDictionary<string, Flow> references)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.With(new CheckNode(flow.Node, suite, Nodes(references)));
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

    /// <summary>Shows all rows of a flow to a suite; what its rules then know is saved, merged with that of other rows, or asked for verdicts.</summary>
    /// <param name="reader">Reads the flow.</param>
    /// <param name="flow">The rows.</param>
    /// <param name="suite">The rules.</param>
    /// <param name="options">Clock, allocator, samples. <value>Default: null, the defaults.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">The flow does not fit what it reads, or a rule does not fit the rows and options do not say to report that.</exception>
    public static async ValueTask<SuiteState> ObserveAsync(
        this FlowReader reader, Flow flow, Suite suite, CheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(suite);
        var run = await reader.OpenAsync(flow, cancellationToken).ConfigureAwait(false);
        return await SuiteState.ObserveAsync(suite, run.ReadAsync(cancellationToken), run.Schema, options, cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, PlanNode> Nodes(IReadOnlyDictionary<string, Flow> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return references.ToDictionary(r => r.Key, r => r.Value.Node, StringComparer.Ordinal);
    }

    private static TBuilder Written<TBuilder>(TBuilder? builder)
        where TBuilder : class =>
        builder ?? throw new ArgumentException("The function that writes the suite returned null; return the builder it was given.");
}
