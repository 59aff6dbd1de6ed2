using DataEngineX.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WeatherService;

namespace DataEngineX.CrashHost;

/// <summary>The weather service's pipelines without its face, for one verb at a time.</summary>
public static class WeatherRuns
{
    /// <summary>Builds a host; run it with a verb. Its inbox is filled by whoever does so.</summary>
    /// <param name="args">The command line: the verb, then configuration.</param>
    /// <param name="state">The state folder, or null for the one of configuration.</param>
    /// <param name="failpoints">Where it fails; null for where <see cref="KillFailpoints.Variable"/> says.</param>
    public static IHost Build(string[] args, string? state = null, IFailpoints? failpoints = null)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.ClearProviders();
        if (state is not null)
            builder.Configuration.AddInMemoryCollection([new(StateFolder.ConfigurationKey, state)]);
        builder.Services.AddSingleton(failpoints ?? KillFailpoints.FromEnvironment());
        builder.Services.AddSingleton(s => WeatherOptions.Read(builder.Configuration, s.GetRequiredService<StateFolder>()));
        builder.Services.AddDataEngineX(dex =>
        {
            dex.UseLakehouse(".state");
            dex.AddModels();
            dex.AddWeatherPipelines();

            // A dead process holds its lease until it ends; whoever runs next waits that long.
            dex.AddEngine(engine => engine.LeaseDuration = TimeSpan.FromSeconds(1));
        });
        return builder.Build();
    }
}
