namespace DataEngineX.Sources;

/// <summary>A body that is longer than a page may be; the same page would be so again.</summary>
internal sealed class BodyTooLargeException(int maxBytes)
    : DataEngineXException($"the body is longer than {maxBytes} bytes, the most of one page; ask for smaller pages or raise MaxPageBytes");
