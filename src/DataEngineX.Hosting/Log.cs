using Microsoft.Extensions.Logging;

namespace DataEngineX.Hosting;

/// <summary>What the host logs. Event ids 3000 to 3999 are this package's; an id once published keeps its meaning.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "DataEngineX keeps its state in {Folder}; {Pipelines} pipelines, {Schedules} schedules")]
    public static partial void Prepared(ILogger logger, string folder, int pipelines, int schedules);

    [LoggerMessage(3001, LogLevel.Error, "The {Loop} failed and begins anew in {Pause}")]
    public static partial void LoopFailed(ILogger logger, string loop, TimeSpan pause, Exception exception);

    [LoggerMessage(3010, LogLevel.Warning, "Pipeline {Pipeline} was not queued by its {Trigger}: {Reason}")]
    public static partial void RunNotQueued(ILogger logger, string pipeline, string trigger, string reason);

    [LoggerMessage(3011, LogLevel.Information, "Pipeline {Pipeline}, run {RunId}: {State}, {Read} rows read, {Written} written. {Error}")]
    public static partial void RunEnded(ILogger logger, string pipeline, string runId, string state, long read, long written, string? error);

    [LoggerMessage(3012, LogLevel.Error, "Pipeline {Pipeline}, run {RunId} could not be executed")]
    public static partial void RunThrew(ILogger logger, string pipeline, string? runId, Exception exception);

    [LoggerMessage(3022, LogLevel.Information, "Pipeline {Pipeline}, backfill {BackfillId} ended as {State}: {Runs} runs, {Failed} of them failed. {Error}")]
    public static partial void BackfillEnded(ILogger logger, string pipeline, string backfillId, string state, long runs, long failed, string? error);

    [LoggerMessage(3023, LogLevel.Information, "Pipeline {Pipeline}, backfill {BackfillId} is taken up after {Runs} runs")]
    public static partial void BackfillTakenUp(ILogger logger, string pipeline, string backfillId, long runs);

    [LoggerMessage(3024, LogLevel.Error, "Pipeline {Pipeline}, backfill {BackfillId}: its end could not be saved")]
    public static partial void BackfillNotSaved(ILogger logger, string pipeline, string backfillId, Exception exception);

    [LoggerMessage(3019, LogLevel.Warning, "Pipeline {Pipeline}, run {RunId} refused the input {Input}")]
    public static partial void InputRefused(ILogger logger, string pipeline, string runId, string input);

    [LoggerMessage(3025, LogLevel.Warning, "Pipeline {Pipeline}, run {RunId}: {Warning}")]
    public static partial void RunWarned(ILogger logger, string pipeline, string runId, string warning);

    [LoggerMessage(3013, LogLevel.Warning, "Pipeline {Pipeline}, run {RunId} was left by a process that ended; it is closed as failed")]
    public static partial void RunInterrupted(ILogger logger, string pipeline, string runId);

    [LoggerMessage(3014, LogLevel.Error, "Pipeline {Pipeline} was interrupted {Times} times in a row and is not run again by itself")]
    public static partial void RunGivenUp(ILogger logger, string pipeline, int times);

    [LoggerMessage(3015, LogLevel.Information, "Pipeline {Pipeline}, triggered by {Trigger}, waits for the next start: the host stops")]
    public static partial void RunDeferred(ILogger logger, string pipeline, string trigger);

    [LoggerMessage(3016, LogLevel.Warning, "Pipeline {Pipeline} still waited when the host stopped, and that could not be noted")]
    public static partial void RunNotDeferred(ILogger logger, string pipeline, Exception exception);

    [LoggerMessage(3017, LogLevel.Error, "{Observer} failed to hear of run {RunId}")]
    public static partial void ObserverFailed(ILogger logger, string observer, string runId, Exception exception);

    [LoggerMessage(3018, LogLevel.Information, "Pipeline {Pipeline} waits again: {Reason}")]
    public static partial void RunElsewhere(ILogger logger, string pipeline, string reason);

    [LoggerMessage(3020, LogLevel.Information, "Pipeline {Pipeline}: slots from {First} to {Last} were missed and are one run")]
    public static partial void SlotsFolded(ILogger logger, string pipeline, DateTimeOffset first, DateTimeOffset last);

    [LoggerMessage(3021, LogLevel.Debug, "Pipeline {Pipeline} cannot be planned yet: {Reason}")]
    public static partial void NotPlanned(ILogger logger, string pipeline, string reason);

    [LoggerMessage(3030, LogLevel.Warning, "The age of what {Pipeline} writes is not known: {Reason}")]
    public static partial void FreshnessUnknown(ILogger logger, string pipeline, string reason);

    [LoggerMessage(3040, LogLevel.Information, "The {Kind} alert of pipeline {Pipeline} was sent")]
    public static partial void AlertSent(ILogger logger, string kind, string pipeline);

    [LoggerMessage(3041, LogLevel.Warning, "The {Kind} alert of pipeline {Pipeline} could not be sent: {Reason}")]
    public static partial void AlertFailed(ILogger logger, string kind, string pipeline, string reason);

    [LoggerMessage(3042, LogLevel.Warning, "The {Kind} alert of pipeline {Pipeline} was dropped: {Reason}")]
    public static partial void AlertDropped(ILogger logger, string kind, string pipeline, string reason);

    [LoggerMessage(3050, LogLevel.Warning, "{Dataset} could not be profiled")]
    public static partial void NotProfiled(ILogger logger, string dataset, Exception exception);
}
