using Apache.Arrow;
using DataEngineX.Lakehouse.Ipc;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using DataEngineX.Testing;
using DataEngineX.Testing.Conformance;

namespace DataEngineX.Lakehouse.Tests.Folders;

public sealed class ParquetFolderDispositionTests : DispositionConformance
{
    protected override ValueTask<DispositionPlace> OpenAsync() => ValueTask.FromResult<DispositionPlace>(new FolderPlace(p => FileFolder.Parquet(p), (p, _) => new ParquetFileSource(p)));
}

public sealed class IpcFolderDispositionTests : DispositionConformance
{
    protected override ValueTask<DispositionPlace> OpenAsync() => ValueTask.FromResult<DispositionPlace>(new FolderPlace(p => FileFolder.Ipc(p), (p, _) => new IpcFileSource(p)));
}

public sealed class CsvFolderDispositionTests : DispositionConformance
{
    protected override ValueTask<DispositionPlace> OpenAsync() => ValueTask.FromResult<DispositionPlace>(new FolderPlace(p => FileFolder.Csv(p), (p, s) => new CsvFileSource(p, s)));
}

public sealed class JsonFolderDispositionTests : DispositionConformance
{
    protected override ValueTask<DispositionPlace> OpenAsync() => ValueTask.FromResult<DispositionPlace>(
        new FolderPlace(p => FileFolder.JsonLines(p, Text.TextCompression.Gzip), (p, s) => new JsonFileSource(p, s)));
}

/// <summary>A folder of files as a place of the suite. What others see is read: all files of the folder, partitions by the names of their folders.</summary>
internal sealed class FolderPlace : DispositionPlace
{
    private const string Part = "part";
    private readonly TempFolder _temp = new();
    private readonly FileFolder _folder;
    private readonly Func<string, Schema, BatchSource> _read;

    public FolderPlace(Func<string, FileFolder> folder, Func<string, Schema, BatchSource> read)
    {
        (_folder, _read) = (folder(_temp["out"]), read);
        var objects = new InMemoryObjectStore();
        Data = new DataAccess(new DeltaTableCatalog(objects, TimeProvider.System, NoFailpoints.Instance), objects, TimeProvider.System, TestOperatorContext.NoServices);
    }

    public override IReadOnlyCollection<WriteDisposition> Dispositions { get; } = [WriteDisposition.Append, WriteDisposition.Replace, WriteDisposition.ReplacePartition];

    public override bool ReplacesKeys => false;

    public override DataAccess Data { get; }

    public override DispositionTarget Target(DispositionWrite write) => new FolderTarget(_folder, write.Disposition, write.Key);

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(Schema schema)
    {
        var files = Directory.Exists(_folder.Path)
            ? Directory.EnumerateFiles(_folder.Path, "part-*", SearchOption.AllDirectories).Where(f => !f.Contains(".dataenginex", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList()
            : [];
        Assert.Equal(_folder.ListFiles().Order(StringComparer.Ordinal), files);
        foreach (var file in files)
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(file)!);
            var inFolder = folder.StartsWith(Part + "=", StringComparison.Ordinal);
            var stored = inFolder ? new Schema([.. schema.FieldsList.Where(f => f.Name != Part)], null) : schema;
            var source = _read(file, stored);
            var request = new ScanRequest { Input = await source.PinAsync(Data, null, CancellationToken.None), Schema = stored, Context = new TestOperatorContext(Data) };
            await foreach (var batch in source.ReadAsync(request, CancellationToken.None))
                yield return inFolder ? WithPart(batch, schema, folder[(Part.Length + 1)..]) : batch;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _temp.Dispose();
        return base.DisposeAsync();
    }

    private static RecordBatch WithPart(RecordBatch batch, Schema schema, string value)
    {
        var texts = new StringArray.Builder();
        for (var i = 0; i < batch.Length; i++)
        {
            if (value == "__HIVE_DEFAULT_PARTITION__")
                texts.AppendNull();
            else
                texts.Append(value);
        }

        IArrowArray part = texts.Build();
        return new RecordBatch(schema, schema.FieldsList.Select(f => f.Name == Part ? part : batch.Column(f.Name)), batch.Length);
    }
}
