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
        var state = Replay(table, fromCheckpoint);
        var parts = state.Files.Values.Select(f => Select(table, f, state, []));
        return Run(sql.Replace("TABLE", $"({string.Join(" union all by name ", parts)})", StringComparison.Ordinal));
    }

    /// <summary>Asks the rows of the newest version with the numbers that the table keeps of them, as <c>_row_id</c> and <c>_row_version</c>.</summary>
    public static List<string> QueryNumbers(string table, string sql)
    {
        var state = Replay(table, fromCheckpoint: false);
        var settings = state.Metadata.GetProperty("configuration");
        var parts = state.Files.Values.Select(f => Select(table, f, state,
        [
            $"coalesce({Kept(f, "materializedRowIdColumnName")}, {f.GetProperty("baseRowId").GetInt64()} + file_row_number) as _row_id",
            $"coalesce({Kept(f, "materializedRowCommitVersionColumnName")}, {f.GetProperty("defaultRowCommitVersion").GetInt64()}) as _row_version",
        ]));
        return Run(sql.Replace("TABLE", $"({string.Join(" union all by name ", parts)})", StringComparison.Ordinal));

        string Kept(JsonElement file, string setting)
        {
            var column = settings.GetProperty($"delta.rowTracking.{setting}").GetString()!;
            return Stored(table, file).Contains(column) ? $"\"{column}\"" : "null::bigint";
        }
    }

    /// <summary>Asks the rows that the change files of a version tell, with their <c>_change_type</c>.</summary>
    public static List<string> QueryChanges(string table, long version, string sql)
    {
        var state = Replay(table, fromCheckpoint: false);
        var files = Actions(Entry(table, version)).Where(a => a.TryGetProperty("cdc", out _)).Select(a => a.GetProperty("cdc")).ToList();
        return Run(sql.Replace("TABLE", $"({string.Join(" union all by name ", files.Select(f => Select(table, f, state, ["_change_type"])))})", StringComparison.Ordinal));
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

    private static State Replay(string table, bool fromCheckpoint)
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

        var isMapped = metadata.TryGetProperty("configuration", out var settings) && settings.TryGetProperty("delta.columnMapping.mode", out var mode) && mode.GetString() is "name" or "id";
        var columns = Json(metadata.GetProperty("schemaString").GetString()!).GetProperty("fields").EnumerateArray().Select(f => new Column(
            f.GetProperty("name").GetString()!,
            isMapped ? f.GetProperty("metadata").GetProperty("delta.columnMapping.physicalName").GetString()! : f.GetProperty("name").GetString()!,
            f.GetProperty("type")));
        return new State(metadata, [.. columns], [.. metadata.GetProperty("partitionColumns").EnumerateArray().Select(p => p.GetString()!)], files);

        void Apply(JsonElement action)
        {
            if (action.TryGetProperty("metaData", out var described) && described.ValueKind == JsonValueKind.Object)
                metadata = described;
            if (action.TryGetProperty("add", out var add) && add.ValueKind == JsonValueKind.Object)
                files[add.GetProperty("path").GetString()!] = add;
        }
    }

    /// <summary>The rows of one file, with its partition values and without the rows that its deletion vector names.</summary>
    private static string Select(string table, JsonElement file, State state, IEnumerable<string> more)
    {
        var hidden = file.TryGetProperty("deletionVector", out var vector) && vector.ValueKind == JsonValueKind.Object ? OutsideVector.Rows(table, vector) : [];
        var stored = Stored(table, file);
        Assert.Empty(stored.Intersect(state.Columns.Where(c => state.Partitions.Contains(c.Name)).Select(c => c.Physical)));
        var columns = state.Columns.Select(c => state.Partitions.Contains(c.Name)
            ? $"{Value(file.GetProperty("partitionValues").GetProperty(c.Physical).GetString(), c.Type.ToString())} as \"{c.Name}\""
            : $"{(stored.Contains(c.Physical) ? $"\"{c.Physical}\"" : "null")}{(c.Type.ValueKind == JsonValueKind.Object ? "" : $"::{TypeOf(c.Type.ToString())}")} as \"{c.Name}\"");
        return $"select {string.Join(", ", columns.Concat(more))} from read_parquet('{Quoted(PathOf(table, file))}', file_row_number = true, hive_partitioning = false)"
            + (hidden.Count == 0 ? "" : $" where file_row_number not in (select unnest([{string.Join(", ", hidden)}]))");
    }

    private static HashSet<string> Stored(string table, JsonElement file) =>
        Run($"select column_name from (describe select * from read_parquet('{Quoted(PathOf(table, file))}', hive_partitioning = false))").ToHashSet(StringComparer.Ordinal);

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

    /// <summary>What the log says of a version.</summary>
    private sealed record State(JsonElement Metadata, List<Column> Columns, List<string> Partitions, Dictionary<string, JsonElement> Files);

    /// <summary>A column, and how files and the log know it.</summary>
    private sealed record Column(string Name, string Physical, JsonElement Type);

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
