using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using DataEngineX.Testing;
using DataEngineX.Testing.Conformance;

namespace DataEngineX.Sources.Tests.Databases;

public sealed class SqliteDispositionTests : DispositionConformance
{
    protected override async ValueTask<DispositionPlace> OpenAsync() => new DatabasePlace(await WrittenDatabase.OpenAsync(null));
}

public sealed class PostgreSqlDispositionTests(PostgreSql server) : DispositionConformance
{
    protected override async ValueTask<DispositionPlace> OpenAsync() => new DatabasePlace(await WrittenDatabase.OpenAsync(server));
}

/// <summary>A table of a database as a place of the suite.</summary>
internal sealed class DatabasePlace(WrittenDatabase written) : DispositionPlace
{
    public override IReadOnlyCollection<WriteDisposition> Dispositions { get; } = [.. Enum.GetValues<WriteDisposition>().Where(d => d != WriteDisposition.Merge)];

    public override DataAccess Data { get; } = WrittenDatabase.Data();

    public override DispositionTarget Target(DispositionWrite write) =>
        new DatabaseTarget(written.Database, written.Name("states"), write.Disposition, write.Key) { History = write.History, Sequence = write.NewestBy };

    public override async IAsyncEnumerable<RecordBatch> ReadAsync(Schema schema)
    {
        if (await new DatabaseTarget(written.Database, written.Name("states"), WriteDisposition.Append).GetSchemaAsync(Data, CancellationToken.None) is null)
            yield break;
        var source = written.Source("states", schema);
        var request = new ScanRequest { Input = new InputVersion(source.Dataset, "1", null, HasData: true), Schema = schema, Context = new TestOperatorContext(Data) };
        await foreach (var batch in source.ReadAsync(request, CancellationToken.None))
            yield return batch;
    }

    public override ValueTask DisposeAsync()
    {
        written.Dispose();
        return base.DisposeAsync();
    }
}
