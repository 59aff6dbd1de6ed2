using DataEngineX;
using DataEngineX.Pipelines;
using DataEngineX.Sources;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WeatherService;

/// <summary>Publishes the days of gold in a database for whoever reads there: only days that are new or differ are written.</summary>
public static class WeatherPublish
{
    /// <summary>The pipeline's name.</summary>
    public const string Name = "weather.publish";

    /// <summary>The table.</summary>
    public const string Table = "daily_features";

    /// <summary>Where the connection string stands: <c>ConnectionStrings:Weather</c>, of PostgreSQL where it names a host, else of SQLite.</summary>
    public const string ConnectionName = "Weather";

    /// <summary>Adds the pipeline where a database is configured.</summary>
    /// <param name="dex">The host's builder.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <returns>Whether one is.</returns>
    public static bool AddWeatherPublish(this IDataEngineXBuilder dex, IConfiguration configuration)
    {
        if (configuration.GetConnectionString(ConnectionName) is not { Length: > 0 } text)
            return false;
        var parts = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = text };
        var site = parts.ContainsKey("Host") || parts.ContainsKey("Server")
            ? Database.Of(NpgsqlFactory.Instance, text)
            : Database.Of(SqliteFactory.Instance, text);
        dex.AddPipeline(Name, p => Describe(p, site));
        return true;
    }

    /// <summary>Describes the pipeline.</summary>
    /// <param name="p">Where it starts.</param>
    /// <param name="site">The database.</param>
    public static PipelineEnd Describe(PipelineBuilder p, Database site) => p
        .ReadTable(Layer.Gold, "daily_features")
        .UpsertInto(site, Table, "location", "date")
        .Evolve(SchemaEvolution.AddColumns)
        .Retry(3);
}
