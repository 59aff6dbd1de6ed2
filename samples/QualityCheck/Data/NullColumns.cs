using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Text;

namespace QualityCheck.Data;

/// <summary>Columns of a text file in which no value stands at all. They have no type, so that no rule can call it the wrong one.</summary>
internal sealed class NullColumns
{
    private readonly bool[] _isNull;

    /// <summary>Finds them.</summary>
    /// <param name="schema">The columns as they are read.</param>
    /// <param name="found">The columns as they were found.</param>
    /// <param name="isWholeFile">Whether that was by all of the file; otherwise a value may still come.</param>
    public NullColumns(Schema schema, IReadOnlyList<SniffedColumn> found, bool isWholeFile)
    {
        var empty = found.Where(c => isWholeFile && c is { Values: 0 } && c.Path == c.Name).Select(static c => c.Name).ToHashSet(StringComparer.Ordinal);
        _isNull = [.. schema.FieldsList.Select(f => empty.Contains(f.Name))];
        Schema = new Schema([.. schema.FieldsList.Select((f, i) => _isNull[i] ? new Field(f.Name, NullType.Default, nullable: true) : f)], null);
    }

    /// <summary>The columns, those without a value being of no type.</summary>
    public Schema Schema { get; }

    /// <summary>Gives batches these columns; each batch is taken.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async IAsyncEnumerable<RecordBatch> Apply(IAsyncEnumerable<RecordBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken))
            yield return _isNull.Contains(true) ? Take(batch) : batch;
    }

    private RecordBatch Take(RecordBatch batch)
    {
        var columns = new IArrowArray[batch.ColumnCount];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = _isNull[i] ? new NullArray(batch.Length) : batch.Column(i);
            if (_isNull[i])
                batch.Column(i).Dispose();
        }

        return new RecordBatch(Schema, columns, batch.Length);
    }
}
