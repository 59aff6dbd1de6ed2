using DataEngineX;
using DataEngineX.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WeatherService;

/// <summary>Adds what the service has beside its pipelines: inbox, replay, forecasts and terminal.</summary>
public static class WeatherServiceCollectionExtensions
{
    /// <summary>Adds it. Call it before <c>AddDataEngineX</c>: the replay's clock then is the host's.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddWeather(this IServiceCollection services)
    {
        services.AddSingleton(s => WeatherOptions.Read(s.GetRequiredService<IConfiguration>(), s.GetRequiredService<StateFolder>()));
        services.AddSingleton<InboxFolder>();
        services.AddSingleton<History>();
        services.AddSingleton<IStartCheck, InboxCheck>();

        services.AddSingleton(s => new ReplayTimeProvider(ReplayService.StartOf(ReplayService.NextDay(
            s.GetRequiredService<WeatherOptions>(), s.GetRequiredService<InboxFolder>()))));
        services.AddSingleton<TimeProvider>(s => IsReplay(s) ? s.GetRequiredService<ReplayTimeProvider>() : TimeProvider.System);
        services.AddSingleton<IHostedService>(s => IsReplay(s) ? ActivatorUtilities.CreateInstance<ReplayService>(s) : new NoReplay());

        services.AddSingleton<ForecastReader>();
        services.AddSingleton<ForecastHealthCheck>();
        services.AddHealthChecks().AddCheck<ForecastHealthCheck>("weather.forecast", tags: [HealthTags.Ready], timeout: TimeSpan.FromSeconds(5));
        services.AddHostedService<FirstTraining>();

        services.AddSingleton<WeatherTerminal>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunObserver, WeatherTerminal>(s => s.GetRequiredService<WeatherTerminal>()));
        services.AddHostedService<Greeting>();
        return services;
    }

    private static bool IsReplay(IServiceProvider services) => services.GetRequiredService<WeatherOptions>().ReplayFrom is not null;

    private sealed class NoReplay : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
