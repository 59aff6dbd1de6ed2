global using System;
global using System.Collections.Generic;
global using System.IO;
global using System.Linq;
global using System.Net.Http;
global using System.Threading;
global using System.Threading.Tasks;
global using Apache.Arrow;
global using Apache.Arrow.Types;
global using DataEngineX;
global using DataEngineX.Expressions;
global using DataEngineX.Lakehouse;
global using DataEngineX.Lakehouse.Csv;
global using DataEngineX.Lakehouse.Json;
global using DataEngineX.Lakehouse.Ipc;
global using DataEngineX.Lakehouse.Parquet;
global using DataEngineX.Lakehouse.Sql;
global using DataEngineX.Lakehouse.Tables;
global using DataEngineX.ML;
global using DataEngineX.Pipelines;
global using DataEngineX.Plans;
global using DataEngineX.Quality;
global using DataEngineX.Sources;
global using DataEngineX.Testing;
global using DocsPrelude;
global using Microsoft.AspNetCore.Builder;
global using Microsoft.AspNetCore.Hosting;
global using Microsoft.Data.Sqlite;
global using Microsoft.Extensions.Configuration;
global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.Extensions.Hosting;
global using Microsoft.Extensions.Logging;
global using Xunit;
global using static DataEngineX.Expressions.Columns;
global using static DocsPrelude.Ambient;

namespace DocsPrelude
{
    /// <summary>The row type of the pages.</summary>
    public sealed record Reading(string? Station, DateTimeOffset ObservedAt, double? TempF);

    /// <summary>What a page's fragment finds around it.</summary>
    public static class Ambient
    {
        public static WebApplicationBuilder builder => WebApplication.CreateBuilder();

        public static WebApplication app => builder.Build();

        public static IDataEngineXBuilder dex => null!;

        public static IServiceProvider services => null!;

        public static Flow<Reading> readings => null!;

        public static Flow flow => null!;

        public static FlowReader reader => null!;

        public static ITableCatalog tables => null!;

        public static CancellationToken cancellationToken => default;
    }
}
