using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using DataEngineX.Pipelines;

namespace DataEngineX.Quality;

/// <summary>The rows of another dataset that rules hold a dataset against, where a suite is checked outside of a pipeline.</summary>
public sealed class ReferenceRows
{
    private readonly Func<CancellationToken, IAsyncEnumerable<RecordBatch>> _read;

    /// <summary>Names rows that can be read.</summary>
    /// <param name="schema">Their schema.</param>
    /// <param name="read">Reads all of them; each batch is disposed once it is read.</param>
    public ReferenceRows(Schema schema, Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(read);
        (Schema, _read) = (schema, read);
    }

    /// <summary>The columns.</summary>
    public Schema Schema { get; }

    /// <summary>Reads all rows; the caller disposes each batch.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    public IAsyncEnumerable<RecordBatch> ReadAsync(CancellationToken cancellationToken = default) => _read(cancellationToken);

    /// <summary>The rows of a version of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="version">The version. <value>Default: null, the newest.</value></param>
    /// <param name="cancellationToken">Ends the look at the table.</param>
    public static async ValueTask<ReferenceRows> OfAsync(ITable table, long? version = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var snapshot = await table.GetSnapshotAsync(version, cancellationToken).ConfigureAwait(false);
        return new ReferenceRows(snapshot.Schema, token => table.ScanAsync(new TableScan { Version = snapshot.Version }, token));
    }

    /// <summary>Rows in memory.</summary>
    /// <typeparam name="T">A record or class whose members are columns.</typeparam>
    /// <param name="rows">The rows.</param>
    public static ReferenceRows Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var empty = RowBatch.Create<T>([]);
        return new ReferenceRows(empty.Schema, _ => BatchOf(rows));
    }

    private static async IAsyncEnumerable<RecordBatch> BatchOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> rows)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return RowBatch.Create<T>(rows as IReadOnlyList<T> ?? [.. rows]);
    }
}
