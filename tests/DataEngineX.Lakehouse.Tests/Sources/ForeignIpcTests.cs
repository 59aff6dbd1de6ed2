using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Apache.Arrow;
using DataEngineX.Lakehouse.Ipc;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>Arrow files that other implementations wrote hold what the JSON beside them says, or are refused.</summary>
public sealed class ForeignIpcTests
{
    private static readonly string Folder = TestData.Folder("arrow-testing");

    /// <summary>Columns of other types are compared by their nulls.</summary>
    private static readonly string[] Compared = ["int", "floatingpoint", "bool", "utf8", "largeutf8", "utf8view", "binary", "largebinary"];

    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Folder, "*.json.gz", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f)[..^".json.gz".Length])
            .Where(f => !f.Contains("duplicate", StringComparison.Ordinal) && !f.Contains("run_end", StringComparison.Ordinal)).Order(),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Both_formats_hold_what_their_author_says(string name)
    {
        var said = await JsonAsync(name);
        foreach (var ending in new[] { ".arrow_file", ".stream" })
        {
            var batches = await ReadAsync(name + ending);
            var expected = said["batches"]!.AsArray().Where(b => (int)b!["count"]! > 0).ToList();
            Assert.Equal(expected.Sum(b => (int)b!["count"]!), batches.Sum(b => b.Length));
            var fields = said["schema"]!["fields"]!.AsArray();
            for (var f = 0; f < fields.Count; f++)
            {
                var wanted = expected.SelectMany(b => ValuesOf(b!["columns"]![f]!, fields[f]!, said)).ToList();
                var found = batches.SelectMany(b => Enumerable.Range(0, b.Length).Select(r => Cell(b.Column((string)fields[f]!["name"]!), r))).ToList();
                Assert.Equal(wanted.Count, found.Count);
                foreach (var (want, have) in wanted.Zip(found))
                    Assert.True(want == "?" ? have is not null : want == have, $"{name + ending} {fields[f]!["name"]}: {have} instead of {want}");
            }

            foreach (var batch in batches)
                batch.Dispose();
        }
    }

    [Theory]
    [InlineData("1.0.0-bigendian/generated_primitive.arrow_file", "big-endian")]
    [InlineData("1.0.0-bigendian/generated_primitive.stream", "big-endian")]
    [InlineData("1.0.0-bigendian/generated_datetime.arrow_file", "big-endian")]
    [InlineData("1.0.0-bigendian/generated_datetime.stream", "big-endian")]
    [InlineData("cpp-21.0.0/generated_duplicate_fieldnames.stream", "2 columns named 'ints'")]
    [InlineData("cpp-21.0.0/generated_run_end_encoded.arrow_file", "run-end encoded")]
    public async Task What_is_not_read_is_refused_by_name(string name, string what)
    {
        var error = await Assert.ThrowsAsync<MalformedDataException>(() => ReadAsync(name));
        Assert.Contains(Path.GetFileName(name), error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<RecordBatch>> ReadAsync(string name)
    {
        var reader = new FlowReader(new DataAccess(null!, null!, TimeProvider.System, null!), new EngineOptions { Parallelism = 1 });
        var batches = new List<RecordBatch>();
        await foreach (var batch in reader.ReadAsync(Flow.From(new IpcFileSource(Path.Combine(Folder, name))), Cancel))
            batches.Add(batch);
        return batches;
    }

    private static async Task<JsonNode> JsonAsync(string name)
    {
        await using var file = new GZipStream(File.OpenRead(Path.Combine(Folder, name + ".json.gz")), CompressionMode.Decompress);
        return (await JsonNode.ParseAsync(file, cancellationToken: Cancel))!;
    }

    /// <summary>The values of a column as texts, null, or "?" for one that is not compared.</summary>
    private static List<string?> ValuesOf(JsonNode column, JsonNode field, JsonNode said)
    {
        var count = (int)column["count"]!;
        var valid = column["VALIDITY"]?.AsArray().Select(v => (int)v! == 1).ToList() ?? [.. Enumerable.Repeat((string)field["type"]!["name"]! != "null", count)];
        if (field["dictionary"] is { } coded)
        {
            var dictionary = said["dictionaries"]!.AsArray().Single(d => (int)d!["id"]! == (int)coded["id"]!)!["data"]!["columns"]![0]!;
            var plain = field.DeepClone().AsObject();
            plain.Remove("dictionary");
            var values = ValuesOf(dictionary, plain, said);
            return [.. column["DATA"]!.AsArray().Select((d, i) => valid[i] ? values[int.Parse($"{d}", CultureInfo.InvariantCulture)] : null)];
        }

        var type = (string)field["type"]!["name"]!;
        var data = column["DATA"]?.AsArray() ?? Inline(column);
        return [.. Enumerable.Range(0, count).Select(i => !valid[i] ? null : data is null || !Compared.Contains(type) ? "?" : Text(type, data[i]!))];
    }

    /// <summary>Values of views that are short enough to stand in them; the others are not compared.</summary>
    private static JsonArray? Inline(JsonNode column) => column["VIEWS"]?.AsArray() is { } views && views.All(v => v!["INLINED"] is not null)
        ? [.. views.Select(v => v!["INLINED"]!.DeepClone())]
        : null;

    private static string Text(string type, JsonNode value) => type switch
    {
        "bool" => $"{value}" is "1" or "true" ? "true" : "false",
        "floatingpoint" => double.Parse($"{value}", CultureInfo.InvariantCulture).ToString("G4", CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static string? Cell(IArrowArray array, int row) => array.IsNull(row) || array is NullArray ? null : array switch
    {
        DictionaryArray a => Cell(a.Dictionary, Convert.ToInt32(Cell(a.Indices, row), CultureInfo.InvariantCulture)),
        FloatArray a => ((double)a.GetValue(row)!).ToString("G4", CultureInfo.InvariantCulture),
        DoubleArray a => a.GetValue(row)!.Value.ToString("G4", CultureInfo.InvariantCulture),
        UInt8Array a => $"{a.GetValue(row)}",
        UInt16Array a => $"{a.GetValue(row)}",
        UInt32Array a => $"{a.GetValue(row)}",
        UInt64Array a => $"{a.GetValue(row)}",
        Int8Array or Int16Array or Int32Array or Int64Array or StringArray or BinaryArray or BooleanArray => Rows.Cell(array, row),
        _ => "other",
    };
}
