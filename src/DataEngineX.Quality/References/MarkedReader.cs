using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Reads another dataset as a rule reads its own: batch by batch, with a mark a row.</summary>
internal abstract class MarkedReader(Schema schema, RuleContext context) : ReferenceReader
{
    private readonly OriginColumns _origin = new(schema);
    private RowMark[] _marks = [];
    private long _rows;

    public sealed override void Read(RecordBatch batch)
    {
        if (_marks.Length < batch.Length)
            _marks = new RowMark[batch.Length];
        var marks = _marks.AsSpan(0, batch.Length);
        marks.Clear();
        var rows = new RuleBatch(batch, _rows, context, _origin);
        try
        {
            Read(rows, marks);
        }
        finally
        {
            rows.Release();
        }

        _rows += batch.Length;
    }

    protected abstract void Read(RuleBatch batch, Span<RowMark> marks);
}
