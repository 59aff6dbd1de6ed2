using System.Net.Sockets;

namespace DataEngineX.Hosting.Starting;

/// <summary>Tells faults that have a plain sentence from those that need their stack.</summary>
internal static class StartRefusal
{
    public static string? Sentence(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is DataEngineXException)
                return e.Message;
            if (e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied })
                return $"The host cannot listen: {fault.Message} Choose another address with --urls.";
        }

        return fault is AggregateException { InnerExceptions: [.., var last] } ? Sentence(last) : null;
    }
}
