using Apache.Arrow;
using DataEngineX.ML.Internal;
using Microsoft.ML;

namespace DataEngineX.ML;

/// <summary>
/// Shows Arrow batches to ML.NET as an <see cref="IDataView"/>, without row classes.
/// </summary>
/// <remarks>
/// <para>
/// The batches are borrowed: they must stay alive, undisposed and unchanged for as long as the view, or anything lazily built on it, is
/// read. The view can be read many times and from many threads at once, each reader through its own cursor.
/// </para>
/// <para>
/// Types: every integer, float and double keep theirs (half floats widen to <see cref="float"/>, decimals to <see cref="double"/>);
/// Boolean, text and fixed-size lists of numbers (as vectors of <see cref="float"/> or <see cref="double"/>) likewise; dates and timestamps
/// become UTC <see cref="DateTime"/>; a null-typed column becomes all-missing <see cref="float"/>.
/// Nulls: floating values become NaN. An integer or Boolean column that holds a null in any of the batches is widened to
/// <see cref="float"/> (up to 16 bits) or <see cref="double"/>, so that the null can be NaN. Missing text is the default
/// <see cref="ReadOnlyMemory{T}"/>, a missing date the default <see cref="DateTime"/>: <see cref="DataViewBatches"/> turns both back
/// to null.
/// </para>
/// </remarks>
public sealed class RecordBatchDataView : IDataView
{
    private readonly RecordBatch[] _batches;
    private readonly ArrowColumn[] _columns;
    private readonly long _rows;

    /// <summary>Makes a view over one batch.</summary>
    /// <param name="batch">The batch, borrowed.</param>
    /// <param name="dictionaries">How dictionary-encoded text is shown.</param>
    /// <exception cref="ArgumentException">A column has a type ML.NET cannot hold; the message names it.</exception>
    public RecordBatchDataView(RecordBatch batch, DictionaryEncoding dictionaries = DictionaryEncoding.Text)
        : this(RequireSchema(batch), [batch], dictionaries)
    {
    }

    /// <summary>Makes a view over several batches, read one after the other.</summary>
    /// <param name="schema">The schema all batches share.</param>
    /// <param name="batches">The batches, borrowed; may be empty.</param>
    /// <param name="dictionaries">How dictionary-encoded text is shown.</param>
    /// <exception cref="ArgumentException">
    /// A column has a type ML.NET cannot hold, or a batch does not fit the schema; the message names the column.
    /// </exception>
    public RecordBatchDataView(
        Apache.Arrow.Schema schema, IEnumerable<RecordBatch> batches, DictionaryEncoding dictionaries = DictionaryEncoding.Text)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(batches);
        _batches = [.. batches];
        foreach (var batch in _batches)
        {
            RequireFit(schema, batch);
            _rows += batch.Length;
        }

        _columns = new ArrowColumn[schema.FieldsList.Count];
        var builder = new DataViewSchema.Builder();
        for (var i = 0; i < _columns.Length; i++)
        {
            var arrays = new IArrowArray[_batches.Length];
            for (var b = 0; b < arrays.Length; b++)
                arrays[b] = _batches[b].Column(i);
            _columns[i] = ArrowColumns.Create(schema.FieldsList[i], arrays, dictionaries);
            builder.AddColumn(_columns[i].Name, _columns[i].Type, _columns[i].Annotations);
        }

        Schema = builder.ToSchema();
    }

    /// <summary>Always <see langword="false"/>: rows come in the order of the batches.</summary>
    public bool CanShuffle => false;

    /// <summary>The columns as ML.NET sees them, in the order of the Arrow schema.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The number of rows of all batches.</summary>
    /// <returns>The row count, never <see langword="null"/>.</returns>
    public long? GetRowCount() => _rows;

    /// <summary>Opens a reader over all rows; only the asked columns are decoded.</summary>
    /// <param name="columnsNeeded">The columns that will be read.</param>
    /// <param name="rand">Ignored: the view does not shuffle.</param>
    /// <returns>A cursor before the first row.</returns>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        var readers = new ColumnReader?[_columns.Length];
        foreach (var column in columnsNeeded)
        {
            if (column.Index >= readers.Length || column.Name != _columns[column.Index].Name)
                throw new ArgumentException($"Column '{column.Name}' does not belong to this view.", nameof(columnsNeeded));
            readers[column.Index] ??= _columns[column.Index].CreateReader();
        }

        return new RecordBatchCursor(Schema, _batches, readers);
    }

    /// <summary>Opens readers for parallel work; always one, since decoding is already done a batch at a time.</summary>
    /// <param name="columnsNeeded">The columns that will be read.</param>
    /// <param name="n">The wished number of cursors, taken as a hint.</param>
    /// <param name="rand">Ignored: the view does not shuffle.</param>
    /// <returns>One cursor over all rows.</returns>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private static Apache.Arrow.Schema RequireSchema(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Schema;
    }

    private static void RequireFit(Apache.Arrow.Schema schema, RecordBatch batch)
    {
        if (batch.ColumnCount != schema.FieldsList.Count)
        {
            throw new ArgumentException(
                $"A batch has {batch.ColumnCount} columns where the schema has {schema.FieldsList.Count}.", nameof(batch));
        }

        for (var i = 0; i < batch.ColumnCount; i++)
        {
            var expected = schema.FieldsList[i];
            var actual = batch.Column(i).Data.DataType;
            if (actual.TypeId != expected.DataType.TypeId)
            {
                throw new ArgumentException(
                    $"Column '{expected.Name}' is {actual.Name} in a batch where the schema says {expected.DataType.Name}.", nameof(batch));
            }
        }
    }
}
