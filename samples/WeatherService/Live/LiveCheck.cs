using DataEngineX;
using DataEngineX.Hosting;

namespace WeatherService;

/// <summary>Sees before the start that the clock is the real one where the real tomorrow is asked for.</summary>
/// <param name="live">The source.</param>
/// <param name="options">Tell whether the past is replayed.</param>
public sealed class LiveCheck(LiveOptions live, WeatherOptions options) : IStartCheck
{
    /// <inheritdoc/>
    public bool AppliesToVerbs => true;

    /// <inheritdoc/>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => live.Provider == LiveProvider.None || options.ReplayFrom is null
        ? ValueTask.CompletedTask
        : throw new DataEngineXException($"A replay's clock shows the past, and {live.Name} knows the real tomorrow only: start with --replay none, or without {LiveOptions.Section}:Source.");
}
