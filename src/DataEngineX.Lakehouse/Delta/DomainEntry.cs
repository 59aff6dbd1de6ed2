namespace DataEngineX.Lakehouse.Delta;

/// <summary>The configuration of a metadata domain, and the version that set it (the checkpoint's, when it is older).</summary>
internal sealed record DomainEntry(string Configuration, long Version);
