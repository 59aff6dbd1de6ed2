using Apache.Arrow;
using DataEngineX.Compute;

namespace DataEngineX.Quality;

/// <summary>What one worker, or all of them together, has seen of a column.</summary>
internal abstract class ColumnState(ColumnShape shape)
{
    private const int MostSamples = 5;
    private List<RowSpan> _spans = [];
    private List<string> _samples = [];
    private long _samplesPart = long.MaxValue;

    public ColumnShape Shape => shape;

    public long Rows => Span.Rows;

    public long Nulls { get; private set; }

    public long Values => Rows - Nulls;

    public IReadOnlyList<string> Samples => _samples;

    /// <summary>What depends on the order of rows; all workers must have been joined.</summary>
    public RowSpan Span => _spans.Count == 1 ? _spans[0] : RowSpan.Join(_spans);

    protected RowSpan Current => _spans[^1];

    public static ColumnState Create(ColumnShape shape) => shape.Kind switch
    {
        ValueKind.Text or ValueKind.Binary => new TextState(shape),
        ValueKind.Boolean => new BooleanState(shape),
        ValueKind.List => new ListState(shape),
        ValueKind.Other => new OtherState(shape),
        _ => new FixedState(shape),
    };

    /// <summary>Looks at the column of a batch.</summary>
    /// <param name="column">The column, borrowed; only text may be a dictionary.</param>
    /// <param name="part">The part of the stream that the batch belongs to; batches of a part come in order, and parts never go back.</param>
    /// <param name="rows">Hashes of the rows, into which those of the cells are taken; empty when they are not wanted.</param>
    /// <param name="scratch">The worker's room.</param>
    public void Update(IArrowArray column, long part, Span<ulong> rows, Scratch scratch)
    {
        if (_spans.Count > 0 && part <= Current.LastPart + 1)
            Current.LastPart = part;
        else
            _spans.Add(new RowSpan(part));
        var presence = new Presence(column);
        Nulls += presence.Nulls;
        Current.AddRows(column.Length, presence.Ends());
        if (_samples.Count == 0 && presence.Nulls < column.Length)
            TakeSamples(column, part);
        Add(column, presence, rows, scratch);
    }

    /// <summary>Takes in what another worker has seen of the same stream.</summary>
    public void Join(ColumnState other)
    {
        _spans.AddRange(other._spans);
        if (other._samplesPart < _samplesPart)
            (_samples, _samplesPart) = (other._samples, other._samplesPart);
        Nulls += other.Nulls;
        Merge(other);
    }

    /// <summary>Ends the work on a stream: later states follow it.</summary>
    public void Finish()
    {
        _spans = [Span];
        _samplesPart = _samples.Count > 0 ? 0 : long.MaxValue;
    }

    /// <summary>Takes in a state of other rows, which follow these.</summary>
    public void Append(ColumnState next)
    {
        var span = RowSpan.Join([Span]);
        span.Append(next.Span);
        span.LastPart = 0;
        _spans = [span];
        if (_samples.Count == 0)
            _samples = [.. next._samples];
        Nulls += next.Nulls;
        Merge(next);
    }

    public void Save(BinaryWriter writer)
    {
        shape.Save(writer);
        writer.Write(Nulls);
        Span.Save(writer);
        writer.Write7BitEncodedInt(_samples.Count);
        foreach (var sample in _samples)
            writer.Write(sample);
        SaveValues(writer);
    }

    public static ColumnState Load(BinaryReader reader)
    {
        var state = Create(ColumnShape.Load(reader));
        state.Nulls = StateFormat.Count(reader);
        state._spans = [RowSpan.Load(reader)];
        var samples = StateFormat.Length(reader, MostSamples);
        for (var i = 0; i < samples; i++)
            state._samples.Add(reader.ReadString());
        state.LoadValues(reader);
        return state;
    }

    protected abstract void Add(IArrowArray column, Presence presence, Span<ulong> rows, Scratch scratch);

    protected abstract void Merge(ColumnState other);

    protected abstract void SaveValues(BinaryWriter writer);

    protected abstract void LoadValues(BinaryReader reader);

    private void TakeSamples(IArrowArray column, long part)
    {
        // A dictionary here is one of text with 32-bit indices.
        var values = column is DictionaryArray dictionary ? dictionary.Dictionary : column;
        if (!CellJson.Supports(values.Data.DataType))
            return;
        _samplesPart = part;
        for (var row = 0; row < column.Length && row < Scratch.Block && _samples.Count < MostSamples; row++)
        {
            if (column.IsNull(row))
                continue;
            var at = column is DictionaryArray d ? ((Int32Array)d.Indices).Values[row] : row;
            if (RuleText.Short(CellText.Of(values, at)) is { } shown && !_samples.Contains(shown))
                _samples.Add(shown);
        }
    }
}
