namespace DataEngineX.Hosting;

/// <summary>Looked at before a host starts. A check that throws <see cref="DataEngineXException"/> refuses the start with that one sentence.</summary>
public interface IStartCheck
{
    /// <summary>Whether host verbs are refused too. <value>Default: false, they open nothing to the outside.</value></summary>
    bool AppliesToVerbs => false;

    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="DataEngineXException">The host must not start; the message says why and what to do.</exception>
    ValueTask CheckAsync(CancellationToken cancellationToken);
}
