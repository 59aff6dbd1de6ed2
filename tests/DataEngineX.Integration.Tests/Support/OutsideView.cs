using System.Globalization;
using DuckDB.NET.Data;
using System.Text.Json.Nodes;

namespace DataEngineX.Integration.Tests;

/// <summary>
/// The tables of a state folder as a reader sees them that shares no code with the writer: it follows the Delta log from the newest checkpoint and has another
/// engine read the files. It refuses a log with a gap, a file that is named twice, and a file that is not there.
/// </summary>
internal static class OutsideView
{
    private const string Log = "_delta_log";

    /// <summary>The rows of every table in an order that says nothing; of one with deletion vectors their number.</summary>
    public static SortedDictionary<string, IReadOnlyList<string>> Read(string state)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var all = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var log in Directory.EnumerateDirectories(state, Log, SearchOption.AllDirectories))
        {
            var table = Path.GetDirectoryName(log)!;
            all[Path.GetRelativePath(state, table)] = Rows(connection, table, Files(connection, table));
        }

        return all;
    }

    /// <summary>The rows of a Parquet file in an order that says nothing.</summary>
    public static IReadOnlyList<string> OfFile(string file)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return Rows(connection, "", new Dictionary<string, long> { [file] = 0 });
    }

    /// <summary>The newest version of every table.</summary>
    public static SortedDictionary<string, long> Versions(string state) => new(
        Directory.EnumerateDirectories(state, Log, SearchOption.AllDirectories)
            .ToDictionary(log => Path.GetRelativePath(state, log), log => Entries(log).Keys.DefaultIfEmpty(-1).Max()),
        StringComparer.Ordinal);

    /// <summary>The data files of the newest version, each with how many of its rows are deleted.</summary>
    private static Dictionary<string, long> Files(DuckDBConnection connection, string table)
    {
        var log = Path.Combine(table, Log);
        var entries = Entries(log);
        var checkpoint = Directory.EnumerateFiles(log, "*.checkpoint.parquet").Max(StringComparer.Ordinal);
        var files = new Dictionary<string, long>(StringComparer.Ordinal);
        var from = 0L;
        if (checkpoint is not null)
        {
            from = Version(checkpoint) + 1;
            foreach (var path in Query(connection, $"SELECT add.path FROM read_parquet('{checkpoint}') WHERE add IS NOT NULL"))
                files.Add(Uri.UnescapeDataString(path), 0);
        }

        var hint = Path.Combine(log, "_last_checkpoint");
        if (File.Exists(hint))
            Assert.True(File.Exists(Path.Combine(log, $"{(long)JsonNode.Parse(File.ReadAllText(hint))!["version"]!:D20}.checkpoint.parquet")), "The hint tells of a checkpoint that is not there.");
        Assert.Equal(Enumerable.Range(0, entries.Count).Select(i => entries.Keys.First() + i), entries.Keys);
        Assert.InRange(entries.Keys.First(), 0, from);
        foreach (var (_, file) in entries.Where(e => e.Key >= from))
            Follow(files, file);
        Assert.All(files.Keys, f => Assert.True(File.Exists(Path.Combine(table, f)), $"{table} names {f}, which is not there."));
        return files;
    }

    private static void Follow(Dictionary<string, long> files, string entry)
    {
        var actions = File.ReadLines(entry).Select(line => JsonNode.Parse(line)!).ToList();
        foreach (var removed in actions.Select(a => a["remove"]).OfType<JsonNode>())
            files.Remove(Uri.UnescapeDataString((string)removed["path"]!));
        foreach (var added in actions.Select(a => a["add"]).OfType<JsonNode>())
            Assert.True(files.TryAdd(Uri.UnescapeDataString((string)added["path"]!), (long?)added["deletionVector"]?["cardinality"] ?? 0), $"{entry} adds a file that is there already.");
    }

    private static IReadOnlyList<string> Rows(DuckDBConnection connection, string table, Dictionary<string, long> files)
    {
        if (files.Count == 0)
            return [];
        var read = $"read_parquet([{string.Join(", ", files.Keys.Select(f => $"'{Path.Combine(table, f)}'"))}], union_by_name = true)";
        var deleted = files.Values.Sum();
        if (deleted == 0)
            return [.. Query(connection, $"SELECT CAST(t AS VARCHAR) FROM {read} t").Order(StringComparer.Ordinal)];
        var stored = long.Parse(Query(connection, $"SELECT CAST(count(*) AS VARCHAR) FROM {read}").Single(), CultureInfo.InvariantCulture);
        return [$"{stored - deleted} rows"];
    }

    private static SortedDictionary<long, string> Entries(string log) =>
        new(Directory.EnumerateFiles(log, "*.json").ToDictionary(Version, file => file));

    private static long Version(string file) => long.Parse(Path.GetFileName(file).Split('.')[0], CultureInfo.InvariantCulture);

    private static List<string> Query(DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
