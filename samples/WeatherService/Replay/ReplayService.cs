using DataEngineX;

namespace WeatherService;

/// <summary>Lets the days of the past arrive in the inbox one by one, and turns the clock to the next day with each.</summary>
/// <remarks>
/// A day is not sent before the forecast for it is there (or half a minute has passed): a forecast that meets its day must have been made
/// before it. On a slow machine the days then take longer than asked for.
/// </remarks>
/// <param name="options">Where to begin and how fast.</param>
/// <param name="clock">The host's clock.</param>
/// <param name="inbox">Where the days go.</param>
/// <param name="history">The days.</param>
/// <param name="forecasts">Tell what has been forecast.</param>
/// <param name="terminal">Tells of each day.</param>
/// <param name="log">Tells of the end.</param>
public sealed partial class ReplayService(
    WeatherOptions options,
    ReplayTimeProvider clock,
    InboxFolder inbox,
    History history,
    ForecastReader forecasts,
    WeatherTerminal terminal,
    ILogger<ReplayService> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>The first day that has not arrived yet.</summary>
    /// <param name="options">Where the replay begins.</param>
    /// <param name="inbox">What has arrived.</param>
    public static DateOnly NextDay(WeatherOptions options, InboxFolder inbox)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inbox);
        var first = options.ReplayFrom ?? throw new DataEngineXException("There is no replay.");
        return inbox.NewestReplayed is { } newest && newest >= first ? newest.AddDays(1) : first;
    }

    /// <summary>The start of a day, in UTC.</summary>
    /// <param name="day">The day.</param>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing can be said about the first day before there is a model: that wait has no end but the host's.
        var day = NextDay(options, inbox);
        await ForecastForAsync(day, Timeout.InfiniteTimeSpan, stoppingToken);
        for (; day <= history.Last; day = day.AddDays(1))
        {
            var begun = TimeProvider.System.GetTimestamp();
            inbox.PlaceDay(day, history.Of(day));
            clock.JumpTo(StartOf(day.AddDays(1)));
            await ForecastForAsync(day.AddDays(1), Patience, stoppingToken);
            await terminal.TellDayAsync(day, stoppingToken);
            var left = options.ReplayDay - TimeProvider.System.GetElapsedTime(begun);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, stoppingToken);
        }

        ReplayEnded(log, history.Last);
        terminal.Say($"The replay is over: {history.Last:yyyy-MM-dd} was the last day. The service goes on with what you drop into {inbox.Path}.");
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The replay is over: {Day} was the last day.")]
    private static partial void ReplayEnded(ILogger logger, DateOnly day);

    /// <summary>Waits until some city has a forecast for a day.</summary>
    private async Task ForecastForAsync(DateOnly day, TimeSpan patience, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (patience == Timeout.InfiniteTimeSpan || TimeProvider.System.GetElapsedTime(begun) < patience)
        {
            if ((await forecasts.ReadAsync(cancellationToken)).Newest.Values.Any(f => f.ForDate >= day))
                return;
            await Task.Delay(Look, cancellationToken);
        }
    }
}
