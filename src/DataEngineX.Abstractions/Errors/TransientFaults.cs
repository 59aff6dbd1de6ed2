using System.Data.Common;
using System.Net.Sockets;

namespace DataEngineX;

/// <summary>Tells faults that may pass by themselves from those that will not.</summary>
public static class TransientFaults
{
    /// <summary>Whether the same work may succeed when tried again: the error or one of its causes says so, or is of the network.</summary>
    /// <param name="error">The error.</param>
    /// <remarks>An error of DataEngineX that wraps no cause is what it says; cancellation, bad data and bad plans are never transient.</remarks>
    public static bool Is(Exception? error) => error switch
    {
        null or OperationCanceledException => false,
        SourceFailedException failed => failed.IsTransient,
        DataEngineXException { IsTransient: true } => true,
        DbException { IsTransient: true } => true,
        HttpRequestException http => http.StatusCode is null or System.Net.HttpStatusCode.RequestTimeout or System.Net.HttpStatusCode.TooManyRequests || (int)http.StatusCode >= 500,
        HttpIOException or SocketException or TimeoutException => true,
        AggregateException many => many.InnerExceptions.Count > 0 && many.InnerExceptions.All(Is),
        _ => Is(error.InnerException),
    };
}
