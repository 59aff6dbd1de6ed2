using DataEngineX.Hosting;
using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>Refuses the start of a host whose face would be open to others.</summary>
internal sealed class SecurityStartCheck(SecurityPosture posture, ILogger<SecurityStartCheck> log) : IStartCheck
{
    public ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        if (posture.IsOpen)
            Log.Open(log);
        return posture.Refusal is { } refusal ? throw new DataEngineXException(refusal) : ValueTask.CompletedTask;
    }
}
