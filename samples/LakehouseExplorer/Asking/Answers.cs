using Apache.Arrow;
using DataEngineX;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Sql;
using DataEngineX.Lakehouse.Tables;
using DataEngineX.Pipelines;

namespace LakehouseExplorer.Asking;

/// <summary>Finds the answers to questions.</summary>
internal static class Answers
{
    /// <summary>The answer. Rows are read when it is looked at.</summary>
    /// <exception cref="DataEngineXException">The table cannot be read; says why.</exception>
    internal static async Task<Answer> ToAsync(Question question, CancellationToken cancellationToken)
    {
        var catalog = new DeltaFolderCatalog();
        var table = await catalog.OpenAsync(question.Table, cancellationToken);
        var version = question.AsOf is { } time ? await table.FindVersionAsync(time, cancellationToken) : question.Version;
        return question.Command switch
        {
            Command.Cat => await CatAsync(catalog, table, version, question.Where, cancellationToken),
            Command.Schema => Descriptions.Of(await table.DescribeAsync(version, cancellationToken)),
            Command.History => await Descriptions.OfHistoryAsync(table, cancellationToken),
            Command.Files => await Descriptions.OfFilesAsync(table, version, cancellationToken),
            Command.Changes => await ChangesAsync(table, question, cancellationToken),
            _ => throw new UsageException($"{question.Command} is nothing that can be asked of a table."),
        };
    }

    private static async Task<Answer> CatAsync(DeltaFolderCatalog catalog, ITable table, long? version, string? where, CancellationToken cancellationToken)
    {
        if (where is null)
        {
            var snapshot = await table.GetSnapshotAsync(version, cancellationToken);
            return new Answer(snapshot.Schema, table.ScanAsync(new TableScan { Version = snapshot.Version }, cancellationToken), await table.CountRowsAsync(snapshot.Version, cancellationToken));
        }

        var found = await table.DescribeAsync(version, cancellationToken);

        // The engine filters, and skips files and row groups that no row can come from.
        var flow = Flow.From(new TableSource(table.Id) { Version = found.Version }).Where(SqlCondition.Parse(where, found.Schema));
        var run = await catalog.Reader.OpenAsync(flow, cancellationToken);
        return new Answer(found.Schema, run.ReadAsync(cancellationToken));
    }

    private static async Task<Answer> ChangesAsync(ITable table, Question question, CancellationToken cancellationToken)
    {
        if (question.To < question.From)
            throw new UsageException($"--from {question.From} lies behind --to {question.To}.");
        var last = await table.DescribeAsync(question.To, cancellationToken);
        var changes = new TableChanges { From = question.From, To = last.Version };
        var schema = new Schema(
        [
            .. last.Schema.FieldsList,
            new Field(TableChanges.TypeColumn, Apache.Arrow.Types.StringType.Default, nullable: false),
            new Field(TableChanges.VersionColumn, Apache.Arrow.Types.Int64Type.Default, nullable: false),
            new Field(TableChanges.TimestampColumn, ArrowTypes.TimestampUtc, nullable: false),
        ], null);
        return new Answer(schema, table.ReadChangesAsync(changes, cancellationToken));
    }
}
