using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DataEngineX.ML.Internal;

/// <summary>
/// Traces and instruments of this package, under <see cref="DataEngineXDiagnostics.ML"/>. While nobody listens they cost nothing.
/// </summary>
internal static class MlTelemetry
{
    private const string Model = "dataenginex.model";

    private const string Version = "dataenginex.model.version";

    private static readonly ActivitySource s_source = new(DataEngineXDiagnostics.ML);

    private static readonly Meter s_meter = new(DataEngineXDiagnostics.ML);

    private static readonly Counter<long> s_loadFailures = s_meter.CreateCounter<long>(
        "dataenginex.ml.scorer.load_failures", "{failure}", "Versions that could not be loaded while an older one went on serving.");

    private static readonly Counter<long> s_rows = s_meter.CreateCounter<long>(
        "dataenginex.scoring.rows", "{row}", "Rows scored in flows, those without a score included.");

    private static readonly Histogram<double> s_scoring = s_meter.CreateHistogram<double>(
        "dataenginex.scoring.duration", "s", "Time to score one batch of a flow.");

    private static readonly Histogram<double> s_training = s_meter.CreateHistogram<double>(
        "dataenginex.training.duration", "s", "Time to compare, fit and judge one model.");

    public static void LoadFailed(string model) => s_loadFailures.Add(1, new KeyValuePair<string, object?>(Model, model));

    /// <summary>Starts a trace; null while nobody listens.</summary>
    public static Activity? Start(string what, string model)
        => s_source.HasListeners() ? s_source.StartActivity($"{what} {model}")?.SetTag(Model, model) : null;

    public static void Scored(Activity? activity, ModelVersion model, int rows, long startedAt)
    {
        if (activity is not null)
            activity.SetTag(Version, model.Version).SetTag("dataenginex.scoring.rows", rows);
        if (!s_rows.Enabled && !s_scoring.Enabled)
            return;
        var tags = new TagList { { Model, model.Name }, { Version, model.Version } };
        s_rows.Add(rows, tags);
        s_scoring.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, tags);
    }

    public static void Trained(Activity? activity, ModelCard card, long startedAt)
    {
        if (activity is not null)
            activity.SetTag("dataenginex.training.rows", card.TrainingRows).SetTag("dataenginex.training.chosen", card.Chosen);
        if (s_training.Enabled)
            s_training.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, new KeyValuePair<string, object?>(Model, card.Model));
    }
}
