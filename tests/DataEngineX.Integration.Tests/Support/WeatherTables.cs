using System.Globalization;
using Apache.Arrow;
using DataEngineX.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataEngineX.Integration.Tests;

/// <summary>What stands in a state folder: rows and cursors of every table, read through the public API in an order that says nothing.</summary>
internal static class WeatherTables
{
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(string state)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddDataEngineX(dex => dex.UseLakehouse(state).AddEngine());
        await using var provider = services.BuildServiceProvider();
        var tables = provider.GetRequiredService<ITableCatalog>();
        var reader = provider.GetRequiredService<FlowReader>();
        var all = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        await foreach (var id in tables.ListAsync())
        {
            all[id.ToString()] = await RowsAsync(reader, id);
            var snapshot = await (await tables.FindAsync(id))!.GetSnapshotAsync();
            all[$"{id} cursors"] = [.. snapshot.Records.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Cursor(r.Key, r.Value))];
        }

        return all;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(FlowReader reader, DatasetId id)
    {
        var rows = new List<string>();
        await foreach (var batch in reader.ReadAsync(Flow.Table(id.Layer!.Value, id.Name)))
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                    rows.Add(string.Join('|', batch.Arrays.Select(column => Cell(column, row))));
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static string Cell(IArrowArray column, int row) => column.IsNull(row) ? "∅" : column switch
    {
        StringArray text => text.GetString(row),
        DoubleArray number => number.GetValue(row)!.Value.ToString("R", CultureInfo.InvariantCulture),
        Int64Array number => number.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        Int32Array number => number.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        Date32Array day => day.GetDateOnly(row)!.Value.ToString("O", CultureInfo.InvariantCulture),
        TimestampArray time => time.GetTimestamp(row)!.Value.ToString("O", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A column of type {column.Data.DataType.Name} is not expected here."),
    };

    // What a crash may change are ids and versions of files, never what is done.
    private static string Cursor(string pipeline, CommitRecord record) =>
        $"{pipeline}: {string.Join(", ", record.Cursor.Positions.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"))}";
}
