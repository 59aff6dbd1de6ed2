using System.Diagnostics;

namespace DataEngineX.Pipelines;

/// <summary>The trace of a run. Costs nothing while nobody listens.</summary>
internal static class PipelinesActivity
{
    private static readonly ActivitySource Source = new(DataEngineXDiagnostics.Pipelines);

    public static Activity? Start(string pipeline, string runId, string trigger)
    {
        var activity = Source.StartActivity($"run {pipeline}");
        activity?.SetTag("dataenginex.pipeline", pipeline).SetTag("dataenginex.run.id", runId).SetTag("dataenginex.trigger", trigger);
        return activity;
    }

    public static void Finish(Activity? activity, RunRecord run)
    {
        if (activity is null)
            return;
        activity.SetTag("dataenginex.run.state", run.State.ToString().ToLowerInvariant())
            .SetTag("dataenginex.run.attempts", run.Attempt)
            .SetTag("dataenginex.rows.read", run.Rows.Read)
            .SetTag("dataenginex.rows.written", run.Rows.Written)
            .SetTag("dataenginex.rows.quarantined", run.Rows.Quarantined);
        activity.SetStatus(run.State == RunState.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, run.Error);
    }
}
