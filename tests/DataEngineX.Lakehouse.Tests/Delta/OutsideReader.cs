using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Reads a Delta table without any of our code: the log and deletion vectors with a few lines, the files with DuckDB.</summary>
public static class OutsideReader
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["boolean"] = "boolean",
        ["byte"] = "tinyint",
        ["short"] = "smallint",
        ["integer"] = "integer",
        ["long"] = "bigint",
        ["float"] = "float",
        ["double"] = "double",
        ["string"] = "varchar",
        ["binary"] = "blob",
        ["date"] = "date",
        ["timestamp"] = "timestamptz",
        ["timestamp_ntz"] = "timestamp",
    };

    /// <summary>The paths of the files of the newest version.</summary>
    public static List<string> Files(string table) => [.. Replay(table, fromCheckpoint: false).Files.Values.Select(f => PathOf(table, f))];

    /// <summary>Asks the rows of the newest version, which the query calls <c>TABLE</c>.</summary>
    /// <param name="table">The table's folder.</param>
    /// <param name="sql">The query.</param>
    /// <param name="fromCheckpoint">Whether the log is read from its last checkpoint on, and nothing before.</param>
    public static List<string> Query(string table, string sql, bool fromCheckpoint = false)
    {
        var (schema, partitions, files) = Replay(table, fromCheckpoint);
        var parts = files.Values.Select(f => Select(table, f, schema, partitions, withKind: false));
        return Run(sql.Replace("TABLE", $"({string.Join(" union all by name ", parts)})", StringComparison.Ordinal));
    }

    /// <summary>Asks the rows that the change files of a version tell, with their <c>_change_type</c>.</summary>
    public static List<string> QueryChanges(string table, long version, string sql)
    {
        var (schema, partitions, _) = Replay(table, fromCheckpoint: false);
        var files = Actions(Entry(table, version)).Where(a => a.TryGetProperty("cdc", out _)).Select(a => a.GetProperty("cdc")).ToList();
        return Run(sql.Replace("TABLE", $"({string.Join(" union all by name ", files.Select(f => Select(table, f, schema, partitions, withKind: true)))})", StringComparison.Ordinal));
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

    private static (Dictionary<string, string> Schema, List<string> Partitions, Dictionary<string, JsonElement> Files) Replay(string table, bool fromCheckpoint)
    {
        var files = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var metadata = default(JsonElement);
        var last = -1L;
        if (fromCheckpoint)
        {
            last = Json(File.ReadAllText(Path.Combine(table, "_delta_log", "_last_checkpoint"))).GetProperty("version").GetInt64();
            var checkpoint = Path.Combine(table, "_delta_log", string.Create(CultureInfo.InvariantCulture, $"{last:D20}.checkpoint.parquet"));
            foreach (var row in Run($"select to_json({{add: add, metaData: metaData}})::varchar from '{checkpoint}' where add is not null or metaData is not null"))
                Apply(Json(row));
        }

        foreach (var entry in Directory.GetFiles(Path.Combine(table, "_delta_log"), "*.json").Order(StringComparer.Ordinal))
        {
            if (long.Parse(Path.GetFileNameWithoutExtension(entry), CultureInfo.InvariantCulture) <= last)
                continue;
            var actions = Actions(entry);
            foreach (var action in actions.Where(a => a.TryGetProperty("remove", out _)))
                files.Remove(action.GetProperty("remove").GetProperty("path").GetString()!);
            foreach (var action in actions)
                Apply(action);
        }

        var schema = Json(metadata.GetProperty("schemaString").GetString()!).GetProperty("fields").EnumerateArray()
            .ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("type").ToString(), StringComparer.Ordinal);
        return (schema, [.. metadata.GetProperty("partitionColumns").EnumerateArray().Select(p => p.GetString()!)], files);

        void Apply(JsonElement action)
        {
            if (action.TryGetProperty("metaData", out var described) && described.ValueKind == JsonValueKind.Object)
                metadata = described;
            if (action.TryGetProperty("add", out var add) && add.ValueKind == JsonValueKind.Object)
                files[add.GetProperty("path").GetString()!] = add;
        }
    }

    /// <summary>The rows of one file, with its partition values and without the rows that its deletion vector names.</summary>
    private static string Select(string table, JsonElement file, Dictionary<string, string> schema, List<string> partitions, bool withKind)
    {
        var hidden = file.TryGetProperty("deletionVector", out var vector) && vector.ValueKind == JsonValueKind.Object ? OutsideVector.Rows(table, vector) : [];
        var stored = Run($"select column_name from (describe select * from read_parquet('{Quoted(PathOf(table, file))}', hive_partitioning = false))").ToHashSet(StringComparer.Ordinal);
        Assert.Empty(stored.Intersect(partitions));
        var columns = schema.Select(c => partitions.Contains(c.Key)
            ? $"{Value(file.GetProperty("partitionValues").GetProperty(c.Key).GetString(), c.Value)} as \"{c.Key}\""
            : $"{(stored.Contains(c.Key) ? $"\"{c.Key}\"" : "null")}::{TypeOf(c.Value)} as \"{c.Key}\"");
        return $"select {string.Join(", ", withKind ? columns.Append("_change_type") : columns)} from read_parquet('{Quoted(PathOf(table, file))}', file_row_number = true, hive_partitioning = false)"
            + (hidden.Count == 0 ? "" : $" where file_row_number not in (select unnest([{string.Join(", ", hidden)}]))");
    }

    private static string Value(string? text, string type) => string.IsNullOrEmpty(text)
        ? $"null::{TypeOf(type)}"
        : type == "binary" ? $"encode('{Quoted(text)}')" : $"'{Quoted(text)}'::{TypeOf(type)}";

    private static string TypeOf(string type) => Types.GetValueOrDefault(type, type);

    private static string PathOf(string table, JsonElement file) => Path.Combine(table, Uri.UnescapeDataString(file.GetProperty("path").GetString()!));

    private static string Entry(string table, long version) => Path.Combine(table, "_delta_log", string.Create(CultureInfo.InvariantCulture, $"{version:D20}.json"));

    private static List<JsonElement> Actions(string entry) => [.. File.ReadAllLines(entry).Select(Json)];

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
