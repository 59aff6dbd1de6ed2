using System.Diagnostics.Metrics;

namespace DataEngineX.ML.Internal;

/// <summary>The instruments of this package, under <see cref="DataEngineXDiagnostics.ML"/>.</summary>
internal static class MlMetrics
{
    private static readonly Meter s_meter = new(DataEngineXDiagnostics.ML);

    private static readonly Counter<long> s_loadFailures = s_meter.CreateCounter<long>(
        "dataenginex.ml.scorer.load_failures", "{failure}", "Versions that could not be loaded while an older one went on serving.");

    public static void LoadFailed(string model) => s_loadFailures.Add(1, new KeyValuePair<string, object?>("dataenginex.model", model));
}
