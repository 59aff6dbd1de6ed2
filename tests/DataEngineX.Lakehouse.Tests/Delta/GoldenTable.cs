using DataEngineX.Lakehouse.Parquet;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;
using DuckDB.NET.Data;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>A table written by others, in a folder of its own below a lakehouse.</summary>
public sealed class GoldenTable : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _expected;

    public GoldenTable(string name)
        : this(name, Path.Combine(name, "delta"))
    {
    }

    /// <param name="name">What the table is called here.</param>
    /// <param name="source">Where it is among the golden tables.</param>
    public GoldenTable(string name, string source)
    {
        _expected = Path.Combine(TestData.Folder("delta-golden"), name, "expected");
        Id = DatasetId.Table(Layer.Bronze, name);
        Copy(Path.Combine(TestData.Folder("delta-golden"), source), _folder[$"bronze/{name}"]);
        Catalog = new DeltaTableCatalog(new LocalObjectStore(_folder.Path), TimeProvider.System, NoFailpoints.Instance);
    }

    public DatasetId Id { get; }

    public DeltaTableCatalog Catalog { get; }

    public string this[string file] => _folder[$"{Id}/{file}"];

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows that only one side has, as another engine tells; the first value of each is the side.</summary>
    public async Task<List<string>> DifferencesAsync()
    {
        var table = await Catalog.FindAsync(Id);
        var schema = (await table!.GetSnapshotAsync()).Schema;
        var ours = _folder["ours.parquet"];
        await using (var stream = File.Create(ours))
        {
            await using var writer = await ParquetFileWriter.CreateAsync(stream, schema);
            await foreach (var batch in table.ScanAsync(new TableScan()))
            {
                using (batch)
                    await writer.WriteAsync(batch);
            }

            await writer.FinishAsync();
        }

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, "set timezone = 'UTC'");
        Execute(connection, $"create view expected as select * from read_parquet('{_expected}/*.parquet', hive_partitioning = false)");
        var types = Query(connection, "select column_name, column_type from (describe expected)").Select(r => r.Split('|')).ToList();
        var columns = string.Join(", ", types.Select(t => $"cast(\"{t[0]}\" as {t[1]}) as \"{t[0]}\""));
        Execute(connection, $"create view ours as select {columns} from read_parquet('{ours}')");
        Assert.Equal(types.Count, schema.FieldsList.Count);
        return
        [
            .. Query(connection, "select 'expected', columns(*)::varchar from (select * from expected except all select * from ours)"),
            .. Query(connection, "select 'ours', columns(*)::varchar from (select * from ours except all select * from expected)"),
        ];
    }

    /// <summary>The number of rows that must be there.</summary>
    public long ExpectedRows()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return long.Parse(
            Query(connection, $"select count(*)::varchar from read_parquet('{_expected}/*.parquet')").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Query(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetString(i))));
        return rows;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
