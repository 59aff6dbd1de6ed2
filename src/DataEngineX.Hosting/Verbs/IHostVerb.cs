namespace DataEngineX.Hosting;

/// <summary>Something a host does from its command line instead of serving, such as <c>run weather.silver</c>. The host is prepared, not started.</summary>
public interface IHostVerb
{
    /// <summary>The first word of the command line.</summary>
    string Name { get; }

    /// <summary>What follows the name, such as <c>&lt;pipeline&gt;</c>, and what it does, in one line.</summary>
    string Usage { get; }

    /// <summary>Does it.</summary>
    /// <param name="arguments">What followed the name.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="cancellationToken">Cancelled when the process is asked to end.</param>
    /// <returns>The exit code: 0 done, 1 not done, 2 asked wrongly.</returns>
    ValueTask<int> ExecuteAsync(VerbArguments arguments, IVerbOutput output, CancellationToken cancellationToken);
}
