using DataEngineX.Expressions;
using DataEngineX.Hosting;
using DataEngineX.Lakehouse;
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

    /// <summary>A pipeline whose data file has several row groups.</summary>
    public const string Numbers = "weather.numbers";

    /// <summary>A pipeline that writes a file.</summary>
    public const string Export = "weather.export";

    /// <summary>A pipeline that writes a file of another kind.</summary>
    public const string Archive = "weather.archive";

    /// <summary>A pipeline that reads the table <c>things</c> of the database <see cref="RowsFile"/>.</summary>
    public const string Rows = "weather.rows";

    /// <summary>A pipeline that reads what <see cref="Address"/> answers.</summary>
    public const string Pages = "weather.pages";

    /// <summary>The name of the database below the state folder.</summary>
    public const string RowsFile = "things.db";

    /// <summary>The key of configuration with the address of <see cref="Pages"/>.</summary>
    public const string Address = "CrashHost:Address";

    /// <summary>The key of configuration with the name of a pipeline that has a schedule.</summary>
    public const string Scheduled = "CrashHost:Scheduled";

    /// <summary>The key of configuration with the memory budget.</summary>
    public const string Budget = "CrashHost:Budget";

    /// <summary>The folder below the state folder for what does not fit the memory.</summary>
    public const string Scratch = "scratch";

    /// <summary>The key of configuration with the schedule of <see cref="Scheduled"/>.</summary>
    public const string Cron = "CrashHost:Cron";

    // More rows than one row group has.
    private const int NumberCount = 140_000;

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
            dex.AddPipeline(Numbers, p => p
                .ReadStream("numbers", "1", _ => Enumerable.Range(0, NumberCount).Select(i => new Thing(i, i)).ToAsyncEnumerable()).ReplaceTable(Layer.Gold, "numbers"));
            dex.AddPipeline(Export, (services, p) => p.ReadTable(Layer.Silver, "observations")
                .ReplaceCsv(Path.Combine(services.GetRequiredService<StateFolder>().Path, "export.csv")));
            dex.AddPipeline(Archive, (services, p) => p.ReadTable(Layer.Silver, "observations")
                .ReplaceParquet(Path.Combine(services.GetRequiredService<StateFolder>().Path, "archive.parquet")));
            dex.AddPipeline(Rows, p => p.ReadDatabase<Thing>(
                "shop", s => new SqliteConnection($"Data Source={Path.Combine(s.GetRequiredService<StateFolder>().Path, RowsFile)}"), "things").ReplaceTable(Layer.Gold, "rows"));
            dex.AddPipeline(Pages, p => p.ReadHttpJson<Thing>("feed", new Uri(builder.Configuration[Address] ?? "http://127.0.0.1/")).ReplaceTable(Layer.Gold, "pages"));
            if (builder.Configuration[Scheduled] is { } scheduled)
                dex.Schedule(scheduled, builder.Configuration[Cron]!, TimeZoneInfo.Utc);
            dex.ConfigureHost(host => host.OrphanCheckInterval = TimeSpan.FromSeconds(1));
            builder.Services.AddSingleton<IHostVerb, ChoreVerb>();
            builder.Services.AddSingleton<IHostVerb, OrderVerb>();

            // A dead process holds its lease until it ends; whoever runs next waits that long.
            dex.AddEngine(engine =>
            {
                engine.LeaseDuration = TimeSpan.FromSeconds(1);
                engine.ScratchFolder = Path.Combine(builder.Configuration[StateFolder.ConfigurationKey] ?? ".state", Scratch);
                if (builder.Configuration.GetValue<long?>(Budget) is { } budget)
                    engine.MemoryBudgetBytes = budget;
            });
        });
        return builder.Build();
    }
}
