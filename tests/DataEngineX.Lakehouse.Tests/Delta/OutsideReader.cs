using System.Text.Json;
using DuckDB.NET.Data;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Reads a Delta table without any of our code: the log with a few lines, the data files with DuckDB.</summary>
public static class OutsideReader
{
    public static List<string> Files(string table)
    {
        var live = new List<string>();
        foreach (var entry in Directory.GetFiles(Path.Combine(table, "_delta_log"), "*.json").Order(StringComparer.Ordinal))
        {
            var actions = File.ReadAllLines(entry).Select(l => JsonDocument.Parse(l).RootElement).ToList();
            foreach (var action in actions.Where(a => a.TryGetProperty("remove", out _)))
                live.Remove(action.GetProperty("remove").GetProperty("path").GetString()!);
            foreach (var action in actions.Where(a => a.TryGetProperty("add", out _)))
                live.Add(action.GetProperty("add").GetProperty("path").GetString()!);
        }

        return [.. live.Select(f => Path.Combine(table, Uri.UnescapeDataString(f)))];
    }

    public static List<string> Query(string table, string sql)
    {
        var files = string.Join(", ", Files(table).Select(f => $"'{f}'"));
        return Run(sql.Replace("TABLE", $"read_parquet([{files}])", StringComparison.Ordinal));
    }

    public static List<string> Run(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetString(i))));
        return rows;
    }
}
