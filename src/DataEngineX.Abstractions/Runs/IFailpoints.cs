namespace DataEngineX;

/// <summary>Named places where a test may make the process fail. Outside tests nothing happens there.</summary>
public interface IFailpoints
{
    /// <summary>Passes a place.</summary>
    /// <param name="name">A name from <see cref="FailpointNames"/>.</param>
    /// <param name="cancellationToken">Ends the wait, if the test waits.</param>
    ValueTask HitAsync(string name, CancellationToken cancellationToken = default);
}
