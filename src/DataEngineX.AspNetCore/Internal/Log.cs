using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>What the face logs.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Error, "The request failed")]
    public static partial void RequestFailed(ILogger log, Exception exception);

    [LoggerMessage(5002, LogLevel.Warning, "The request failed for now")]
    public static partial void RequestFailedForNow(ILogger log, Exception exception);

    [LoggerMessage(5003, LogLevel.Error, "Model {Model} could not be loaded")]
    public static partial void ModelNotLoaded(ILogger log, Exception exception, string model);

    [LoggerMessage(5004, LogLevel.Warning, "The status page could not read {Section}")]
    public static partial void SectionFailed(ILogger log, Exception exception, string section);

    [LoggerMessage(5005, LogLevel.Warning, "Without DataEngineX:Security this host is open, to callers on this machine only")]
    public static partial void Open(ILogger log);
}
