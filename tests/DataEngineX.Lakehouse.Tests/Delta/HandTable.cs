using System.Globalization;
using System.Text.Json.Nodes;
using DataEngineX.Lakehouse.Storage;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>A table whose log is written by hand and whose files are written by another engine.</summary>
public sealed class HandTable : IDisposable
{
    private readonly TempFolder _folder = new();

    public HandTable()
    {
        Directory.CreateDirectory(this["_delta_log/_sidecars"]);
        Store = new LocalObjectStore(_folder.Path);
        Catalog = new DeltaTableCatalog(Store, TimeProvider.System, NoFailpoints.Instance);
    }

    public DatasetId Id { get; } = DatasetId.Table(Layer.Bronze, "hand");

    public LocalObjectStore Store { get; }

    public DeltaTableCatalog Catalog { get; }

    public string this[string file] => _folder[$"bronze/hand/{file}"];

    public void Dispose() => _folder.Dispose();

    public static string Protocol(params string[] features)
    {
        var list = string.Join(',', features.Select(f => $"\"{f}\""));
        return $"{{\"protocol\":{{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[{list}],\"writerFeatures\":[{list}]}}}}";
    }

    /// <summary>The metadata of a table.</summary>
    /// <param name="fields">The fields of its schema, as JSON.</param>
    /// <param name="partitionColumns">The columns it is partitioned by.</param>
    /// <param name="configuration">Settings, as <c>name=value</c>.</param>
    public static string Metadata(string[] fields, string[]? partitionColumns = null, params string[] configuration)
    {
        var settings = new JsonObject(configuration.Select(c => KeyValuePair.Create(c.Split('=', 2)[0], (JsonNode?)c.Split('=', 2)[1])));
        return new JsonObject
        {
            ["metaData"] = new JsonObject
            {
                ["id"] = "hand",
                ["format"] = new JsonObject { ["provider"] = "parquet", ["options"] = new JsonObject() },
                ["schemaString"] = $"{{\"type\":\"struct\",\"fields\":[{string.Join(',', fields)}]}}",
                ["partitionColumns"] = new JsonArray([.. (partitionColumns ?? []).Select(c => JsonValue.Create(c))]),
                ["configuration"] = settings,
            },
        }.ToJsonString();
    }

    /// <summary>A field of a schema.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type: a name, or JSON.</param>
    /// <param name="id">Its number and, with <c>p</c> before it, its physical name; 0 for none.</param>
    public static string Field(string name, string type, int id = 0) => Field(name, type, id, $"p{id}");

    public static string Field(string name, string type, int id, string physical) =>
        $"{{\"name\":\"{name}\",\"type\":{(type.StartsWith('{') ? type : $"\"{type}\"")},\"nullable\":true,\"metadata\":{{"
        + (id == 0 ? "" : $"\"delta.columnMapping.id\":{id},\"delta.columnMapping.physicalName\":\"{physical}\"") + "}}";

    public static string Add(string path, string partitionValues = "{}", string? stats = null, string? vector = null) =>
        $"{{\"add\":{{\"path\":\"{path}\",\"partitionValues\":{partitionValues},\"size\":1,\"modificationTime\":1,\"dataChange\":true"
        + (stats is null ? "" : $",\"stats\":{JsonValue.Create(stats).ToJsonString()}") + (vector is null ? "" : $",\"deletionVector\":{vector}") + "}}";

    public static string Remove(string path, string? vector = null) =>
        $"{{\"remove\":{{\"path\":\"{path}\",\"deletionTimestamp\":1,\"dataChange\":true" + (vector is null ? "" : $",\"deletionVector\":{vector}") + "}}";

    public static string Info(long timestamp) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"commitInfo\":{{\"timestamp\":{timestamp},\"operation\":\"TEST\"}}}}");

    /// <summary>Writes an entry of the log.</summary>
    public HandTable Entry(long version, params string[] lines)
    {
        File.WriteAllLines(this[string.Create(CultureInfo.InvariantCulture, $"_delta_log/{version:D20}.json")], lines);
        return this;
    }

    /// <summary>Writes a Parquet file.</summary>
    /// <param name="path">Its path in the table.</param>
    /// <param name="select">Its rows.</param>
    /// <param name="options">More options of the writer.</param>
    public HandTable Parquet(string path, string select, string options = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        OutsideReader.Run($"copy ({select}) to '{this[path]}' (format parquet{options})");
        return this;
    }

    public async Task<ITable> TableAsync() => await Catalog.FindAsync(Id) ?? throw new InvalidOperationException("There is no table.");

    public async Task<List<string>> RowsAsync(TableScan? scan = null) => await Rows.Of((await TableAsync()).ScanAsync(scan ?? new TableScan()));
}
