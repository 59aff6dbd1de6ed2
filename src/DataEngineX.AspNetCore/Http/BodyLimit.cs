using Microsoft.AspNetCore.Http.Metadata;

namespace DataEngineX.AspNetCore;

/// <summary>The largest body a route takes.</summary>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize { get; } = bytes;
}
