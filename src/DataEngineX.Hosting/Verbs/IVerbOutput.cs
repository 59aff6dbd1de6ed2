namespace DataEngineX.Hosting;

/// <summary>Where host verbs write to: the process's standard streams, unless a host or test puts another in its place.</summary>
public interface IVerbOutput
{
    /// <summary>Takes results.</summary>
    TextWriter Out { get; }

    /// <summary>Takes reasons why there is no result.</summary>
    TextWriter Error { get; }
}
