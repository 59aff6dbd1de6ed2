using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Delta.Sql;
using DataEngineX.Lakehouse.Tables.Edits;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Applies the operations that change what a table says of itself.</summary>
internal sealed class TableDescriber(TableContext table, LogState begun)
{
    internal async ValueTask<CommitResult> ApplyAsync(TableOperation operation, CancellationToken cancellationToken) => operation switch
    {
        SetProperties set => await SetAsync(set, cancellationToken).ConfigureAwait(false),
        AddConstraint add => await AddAsync(add, cancellationToken).ConfigureAwait(false),
        DropConstraint drop => await DropAsync(drop, cancellationToken).ConfigureAwait(false),
        _ => throw new NotSupportedException($"{table.Id} does not know the operation {operation.GetType().Name}."),
    };

    private async ValueTask<CommitResult> SetAsync(SetProperties set, CancellationToken cancellationToken)
    {
        if (set.Properties.Keys.FirstOrDefault(TableConstraints.Is) is { } constraint)
            throw new DataEngineXException($"{table.Id}: '{constraint}' is a constraint: add it by {nameof(AddConstraint)}, which checks the rows that are there.");
        return await CommitAsync("set properties", With(set.Properties), null, "", cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<CommitResult> AddAsync(AddConstraint add, CancellationToken cancellationToken)
    {
        var property = TableConstraints.PropertyOf(add.Name);
        if (add.Name.Length == 0 || !add.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new DataEngineXException($"{table.Id}: '{add.Name}' is no name of a constraint; use letters, digits and '_'.");
        if (begun.Metadata.Configuration.ContainsKey(property))
            throw new DataEngineXException($"{table.Id} has a constraint '{add.Name}' already.");
        var sql = SqlWriter.Write(add.Condition);
        var condition = new RowCondition(add.Condition, begun.Schema, new RunParameters(DateTimeOffset.UnixEpoch));
        var plans = new PlanLog(table.Engine, add.Allocator);
        var flow = Flow.From(new EditedFilesSource(table, begun, [.. begun.Files.Select((f, i) => new EditedFile(f, i))], null))
            .Where(!add.Condition.Coalesce(false))
            .Select([.. begun.Schema.FieldsList.Select(f => Col(f.Name).As(f.Name))])
            .Take(1);
        await foreach (var batch in plans.RunAsync("check", flow, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                if (condition.FirstViolation(batch) is var (_, values))
                    throw RowRules.Violated(table.Id, add.Name, condition, values);
            }
        }

        return await CommitAsync(
            "add constraint", With(new Dictionary<string, string?> { [property] = sql }), ReadSet.All(begun), plans.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<CommitResult> DropAsync(DropConstraint drop, CancellationToken cancellationToken)
    {
        var property = TableConstraints.PropertyOf(drop.Name);
        if (!begun.Metadata.Configuration.ContainsKey(property))
            throw new DataEngineXException($"{table.Id} has no constraint '{drop.Name}'.");
        return await CommitAsync(
            "drop constraint", With(new Dictionary<string, string?> { [property] = null }), null, "", cancellationToken).ConfigureAwait(false);
    }

    private Dictionary<string, string?> With(IReadOnlyDictionary<string, string?> properties)
    {
        var configuration = new Dictionary<string, string?>(begun.Metadata.Configuration, StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            if (value is null)
                configuration.Remove(name);
            else
                configuration[name] = value;
        }

        return configuration;
    }

    private async ValueTask<CommitResult> CommitAsync(
        string operation, Dictionary<string, string?> configuration, ReadSet? read, string explain, CancellationToken cancellationToken)
    {
        // What others have set before is theirs; whether it is respected was asked when the table was opened for writing.
        var set = configuration.Where(c => !begun.Metadata.Configuration.TryGetValue(c.Key, out var before) || !string.Equals(before, c.Value, StringComparison.Ordinal));
        var protocol = ProtocolFeatures.For(table.Id, begun.Protocol, new Dictionary<string, string?>(set, StringComparer.Ordinal));
        var change = new TableChange
        {
            Operation = operation,
            Added = [],
            Metadata = begun.Metadata with { Configuration = configuration },
            Protocol = ReferenceEquals(protocol, begun.Protocol) ? null : protocol,
            Read = read,
            Explain = explain,
        };
        var committer = new TableCommitter(table, new CommitIntent { Operation = operation, PartitionColumns = begun.Metadata.PartitionColumns, KeepsRows = true }, begun.Schema, begun);
        return await committer.CommitAsync((_, _) => ValueTask.FromResult(change), cancellationToken).ConfigureAwait(false);
    }
}
