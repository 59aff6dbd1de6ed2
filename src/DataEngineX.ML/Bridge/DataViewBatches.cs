using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.ML.Internal;
using Microsoft.ML;

namespace DataEngineX.ML;

/// <summary>Turns ML.NET data into Arrow batches: the way back from <see cref="RecordBatchDataView"/>.</summary>
public static class DataViewBatches
{
    /// <summary>Reads all rows of a view into one batch.</summary>
    /// <param name="view">The view to read.</param>
    /// <param name="columns">
    /// The columns to keep, in this order; <see langword="null"/> for all that are not hidden by a later one of the same name.
    /// </param>
    /// <param name="allocator">Where the buffers come from; Arrow's default when <see langword="null"/>.</param>
    /// <returns>
    /// A batch the caller owns. Numbers and Booleans keep their type; NaN, missing text, the default date and the key 0 become null;
    /// dates become UTC timestamps in microseconds; keys with text values become dictionary-encoded text, others 32-bit numbers;
    /// vectors of a known size become fixed-size lists.
    /// </returns>
    /// <exception cref="ArgumentException">A column is unknown, or has a type with no Arrow form here; the message names it.</exception>
    public static RecordBatch ToRecordBatch(this IDataView view, IEnumerable<string>? columns = null, MemoryAllocator? allocator = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        DataViewSchema.Column[] wanted = columns is null
            ? [.. view.Schema.Where(c => !c.IsHidden)]
            : [.. columns.Select(name => view.Schema.GetColumnOrNull(name)
                ?? throw new ArgumentException($"The view has no column '{name}'.", nameof(columns)))];
        var fields = new Field[wanted.Length];
        var arrays = new IArrowArray?[wanted.Length];
        var rows = 0;
        try
        {
            using var cursor = view.GetRowCursor(wanted);
            var writers = System.Array.ConvertAll(wanted, column => ColumnWriters.Create(cursor, column));
            while (cursor.MoveNext())
            {
                rows++;
                foreach (var writer in writers)
                    writer.Append();
            }

            for (var i = 0; i < wanted.Length; i++)
            {
                arrays[i] = writers[i].Build(allocator);
                fields[i] = new Field(wanted[i].Name, arrays[i]!.Data.DataType, writers[i].IsNullable);
            }

            return new RecordBatch(new Apache.Arrow.Schema(fields, null), arrays!, rows);
        }
        catch
        {
            foreach (var array in arrays)
                array?.Dispose();
            throw;
        }
    }
}
