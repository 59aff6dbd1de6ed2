using DataEngineX;
using DataEngineX.Hosting;

namespace WeatherService;

/// <summary>Sees before the start that there is an inbox, and puts the sample's history into it.</summary>
/// <param name="inbox">The inbox.</param>
/// <param name="history">The sample's observations.</param>
/// <param name="options">Tell where the replay begins.</param>
public sealed class InboxCheck(InboxFolder inbox, History history, WeatherOptions options) : IStartCheck
{
    /// <inheritdoc/>
    public bool AppliesToVerbs => true;

    /// <inheritdoc/>
    public ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            inbox.PlaceHistory(history.Before(options.ReplayFrom), options.ReplayFrom ?? history.Last.AddDays(1));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataEngineXException($"The inbox {inbox.Path} cannot be written: {e.Message} Name another with DataEngineX:Weather:Inbox.", e);
        }

        return ValueTask.CompletedTask;
    }
}
