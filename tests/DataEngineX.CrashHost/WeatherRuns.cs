using DataEngineX.Expressions;
using DataEngineX.Pipelines;
using DataEngineX.Sources;
using DataEngineX.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WeatherService;

namespace DataEngineX.CrashHost;

/// <summary>The weather service's pipelines without its face, for one verb at a time.</summary>
public static class WeatherRuns
{
    /// <summary>A pipeline that is incremental by key.</summary>
    public const string Places = "weather.places";

    /// <summary>A pipeline that is computed by partition.</summary>
    public const string Months = "weather.months";

    /// <summary>A pipeline that is computed by partition and publishes twelve of them at once.</summary>
    public const string Years = "weather.years";

    /// <summary>A pipeline that ends in a table of the database <see cref="SiteFile"/> of the state folder.</summary>
    public const string Site = WeatherPublish.Name;

    /// <summary>The name of the database.</summary>
    public const string SiteFile = "site.db";

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
            dex.AddPipeline(Places, p => p.ReadTable(Layer.Silver, "observations").Incremental(["location"])
                .GroupBy("location").Aggregate(Aggregate.Count().As("days"), Aggregate.Max(Columns.Col("temp_max")).As("warmest"))
                .ReplaceTable(Layer.Gold, "places"));
            dex.AddPipeline(Months, p => p.ReadTable(Layer.Silver, "observations").Partitioned("date", Partitioning.Monthly(new DateOnly(2012, 1, 1)))
                .GroupBy("date").Aggregate(Aggregate.Max(Columns.Col("temp_max")).As("warmest"))
                .ReplaceTable(Layer.Gold, "months"));

            dex.AddPipeline(Years, p => p.ReadTable(Layer.Silver, "observations").Partitioned("date", Partitioning.Monthly(new DateOnly(2012, 1, 1)))
                .GroupBy("date").Aggregate(Aggregate.Max(Columns.Col("temp_max")).As("warmest"))
                .ReplaceTable(Layer.Gold, "years").Checkpoints(partitions: 12));

            dex.AddPipeline(Site, (services, p) => WeatherPublish.Describe(p, Database.Of(
                SqliteFactory.Instance, $"Data Source={Path.Combine(services.GetRequiredService<StateFolder>().Path, SiteFile)};Pooling=False")));

            // A dead process holds its lease until it ends; whoever runs next waits that long.
            dex.AddEngine(engine => engine.LeaseDuration = TimeSpan.FromSeconds(1));
        });
        return builder.Build();
    }
}
