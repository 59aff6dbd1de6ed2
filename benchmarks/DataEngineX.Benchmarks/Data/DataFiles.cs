using Apache.Arrow;
using Apache.Arrow.Types;
using DuckDB.NET.Data;

namespace DataEngineX.Benchmarks.Data;

/// <summary>
/// Files of generated tables, made once and kept: below the folder that <c>DEX_BENCHMARK_DATA</c> names, or else in the temporary folder.
/// </summary>
internal static class DataFiles
{
    private static readonly string Folder = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("DEX_BENCHMARK_DATA") ?? Path.Combine(Path.GetTempPath(), "dataenginex-benchmarks", "v1")).FullName;

    /// <summary>A comma-separated file with a header.</summary>
    public static string Csv(DataTable table) => Make(table.Name + ".csv", path => TextFile.Write(table, path, ',', hasHeader: true));

    /// <summary>The file of the billion-row challenge: separated by semicolons, without a header.</summary>
    public static string BillionRows(BillionRowsTable table) => Make(table.Name + ".txt", path => TextFile.Write(table, path, ';', hasHeader: false));

    /// <summary>One JSON object a line, written by DuckDB.</summary>
    public static string JsonLines(DataTable table) => Make(
        table.Name + ".jsonl", path => Convert(table, $"COPY (SELECT * FROM {{0}}) TO '{path}' (FORMAT json)"));

    /// <summary>A Parquet file written by DuckDB, with its default row groups and compression.</summary>
    public static string Parquet(DataTable table) => Make(
        table.Name + ".parquet", path => Convert(table, $"COPY (SELECT * FROM {{0}}) TO '{path}' (FORMAT parquet)"));

    /// <summary>A folder with tables.</summary>
    public static string Lake(string name, Func<string, Task> write)
    {
        var path = Path.Combine(Folder, name);
        if (Directory.Exists(path))
            return path;
        var unfinished = $"{path}.{Environment.ProcessId}";
        write(unfinished).GetAwaiter().GetResult();
        Directory.Move(unfinished, path);
        return path;
    }

    /// <summary>A file of this name that is replaced at each use; for what a task writes.</summary>
    public static string Output(string name)
    {
        var path = Path.Combine(Folder, $"out-{Environment.ProcessId}-{name}");
        File.Delete(path);
        return path;
    }

    /// <summary>How DuckDB reads the table's text: typed, with nothing to guess.</summary>
    public static string CsvScan(DataTable table, string path, char separator = ',', bool hasHeader = true) =>
        $"read_csv('{path}', auto_detect=false, delim='{separator}', header={hasHeader}, quote='\"', escape='\"', columns={SqlStruct(table.Schema)})";

    /// <summary>Names and types of the columns, as DuckDB's readers take them.</summary>
    public static string SqlStruct(Schema schema) => $"{{{string.Join(", ", schema.FieldsList.Select(f => $"'{f.Name}': '{SqlType(f.DataType)}'"))}}}";

    private static string SqlType(IArrowType type) => type switch
    {
        StringType => "VARCHAR",
        Int32Type => "INTEGER",
        DoubleType => "DOUBLE",
        TimestampType => "TIMESTAMP",
        _ => throw new NotSupportedException(type.Name),
    };

    private static void Convert(DataTable table, string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, CsvScan(table, Csv(table)));
        command.ExecuteNonQuery();
    }

    /// <summary>The file appears under its name only when it is whole, so that processes side by side do not disturb each other.</summary>
    private static string Make(string name, Action<string> write)
    {
        var path = Path.Combine(Folder, name);
        if (File.Exists(path))
            return path;
        var unfinished = $"{path}.{Environment.ProcessId}";
        write(unfinished);
        File.Move(unfinished, path, overwrite: true);
        return path;
    }
}
