using System.Buffers;
using System.Text;
using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>Reads columns of text as timestamps in UTC.</summary>
/// <param name="schema">The columns, those read being timestamps.</param>
/// <param name="ordinals">The positions of the columns of text.</param>
internal sealed class TextTimes(Schema schema, int[] ordinals)
{
    /// <summary>The rows with times in place of texts. Rows that are skipped have none, whatever they say.</summary>
    /// <param name="batch">The rows, borrowed until the result is disposed.</param>
    /// <param name="marks">One mark a row.</param>
    public Rows Read(RuleBatch batch, ReadOnlySpan<RowMark> marks)
    {
        var columns = new IArrowArray[schema.FieldsList.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = batch.Rows.Column(i);
        var read = 0;
        try
        {
            for (; read < ordinals.Length; read++)
                columns[ordinals[read]] = Times(batch, ordinals[read], marks);
            return new Rows(batch.With(new RecordBatch(schema, columns, batch.Length)), ordinals);
        }
        catch
        {
            foreach (var ordinal in ordinals.AsSpan(0, read))
                columns[ordinal].Dispose();
            throw;
        }
    }

    private TimestampArray Times(RuleBatch batch, int ordinal, ReadOnlySpan<RowMark> marks)
    {
        var column = batch.Column(ordinal);
        var texts = new TextColumn(column);
        var times = new TimestampArray.Builder(ArrowTypes.TimestampLocal).Reserve(marks.Length);
        char[] buffer = ArrayPool<char>.Shared.Rent(128);
        try
        {
            for (var i = 0; i < marks.Length; i++)
            {
                if (marks[i] == RowMark.Skipped || column.IsNull(i))
                {
                    times.AppendNull();
                    continue;
                }

                var text = texts[i];
                // No date has as many bytes; what is longer need not be decoded to be refused.
                var characters = text.Length > buffer.Length ? [] : buffer.AsSpan(0, Encoding.UTF8.GetChars(text, buffer));
                if (!TimeText.TryRead(characters, out var time))
                    throw NoTime(Encoding.UTF8.GetString(text), batch.RowNumber(i), ordinal);
                times.Append(time);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }

        return times.Build(batch.Allocator);
    }

    private RowFault NoTime(string text, long row, int ordinal) =>
        new($"'{RuleText.Short(text)}' in column '{schema.GetFieldByIndex(ordinal).Name}', row {LowestFault.Number}, cannot be read as a date or time.", row);

    /// <summary>Rows whose texts have been read; disposing frees the times.</summary>
    public readonly struct Rows(RuleBatch batch, int[] ordinals) : IDisposable
    {
        public RuleBatch Batch => batch;

        public void Dispose()
        {
            batch.Release();
            foreach (var ordinal in ordinals)
                batch.Rows.Column(ordinal).Dispose();
        }
    }
}
