using System.Globalization;
using System.Security.Cryptography;

namespace DataEngineX.Hosting;

/// <summary>How this host calls itself where several share a metadata store.</summary>
internal sealed class HostIdentity
{
    public string Name { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}/{Environment.ProcessId}/{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
}
