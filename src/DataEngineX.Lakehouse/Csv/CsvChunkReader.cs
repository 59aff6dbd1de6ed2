using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Compute;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Turns chunks of a file into batches, column by column. One thread uses it at a time; its memory is kept from chunk to chunk.</summary>
internal sealed class CsvChunkReader : ITextChunkReader
{
    private readonly CsvHeader _header;
    private readonly CsvReadOptions _options;
    private readonly Schema _output;
    private readonly CsvDialect _dialect;
    private readonly CsvColumn[] _columns;
    private readonly bool[] _isWanted;
    private readonly TextOrigin _origin;
    private readonly CsvRejects _rejects;
    private readonly CsvMarks _marks = new();
    private readonly CsvChunkRows _rows = new();
    private readonly List<CsvFault> _faults = [];
    private TextChunk _chunk;
    private bool _hasQuotes;
    private int _next;

    /// <summary>Prepares to read.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="header">Where the columns stand.</param>
    /// <param name="options">How to read.</param>
    /// <param name="output">The columns of the batches: some of the header's and the origin columns.</param>
    internal CsvChunkReader(string file, CsvHeader header, CsvReadOptions options, Schema output)
    {
        _header = header;
        _options = options;
        _output = output;
        _dialect = CsvDialect.Of(options);
        var rules = new CsvFieldRules(options);
        var fields = header.Columns.FieldsList;
        _columns = [.. fields.Select((field, i) => CsvColumns.Create(field, i, rules, options))];
        _isWanted = [.. fields.Select(field => output.GetFieldIndex(field.Name) >= 0)];
        _origin = new TextOrigin(file);
        _rejects = new CsvRejects(file, header, rules);
    }

    /// <summary>Finds the fields of a chunk, which is borrowed until the next one.</summary>
    public unsafe void Load(in TextChunk chunk)
    {
        _chunk = chunk;
        _next = 0;
        _hasQuotes = chunk.Text.Contains(_dialect.Quote);
        _rejects.Begin();
        fixed (byte* text = chunk.Buffer)
        {
            _marks.Read(text, chunk.Length, _dialect);
            _rows.Read(text, chunk.Length, _marks, _header.Names.Count, _dialect, chunk.IsFirst && _options.HasHeader);
        }
    }

    /// <summary>Makes the next batch of the chunk, never an empty one; null when there are no more rows.</summary>
    /// <param name="allocator">Where its buffers come from.</param>
    /// <param name="rejects">Gets the records set aside among its rows; those behind the last row come with the null.</param>
    public unsafe RecordBatch? Next(MemoryAllocator allocator, List<LineReject> rejects)
    {
        fixed (byte* text = _chunk.Buffer)
        fixed (int* ends = _marks.Ends, first = _rows.First, starts = _rows.Starts)
        {
            while (_next < _rows.Count)
            {
                var from = _next;
                var rows = new CsvRows
                {
                    Text = text,
                    Ends = ends,
                    First = first + from,
                    Starts = starts + from,
                    Count = Math.Min(_options.BatchRows, _rows.Count - from),
                    HasQuotes = _hasQuotes,
                };
                _next += rows.Count;
                if (Read(rows, from, allocator, rejects) is { } batch)
                    return batch;
            }

            _rejects.AddBad(_chunk, _marks, _rows, int.MaxValue, rejects);
            return null;
        }
    }

    public void Dispose()
    {
        _marks.Dispose();
        _rows.Dispose();
        foreach (var column in _columns)
            column.Dispose();
    }

    private RecordBatch? Read(in CsvRows rows, int from, MemoryAllocator allocator, List<LineReject> rejects)
    {
        _faults.Clear();
        try
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                if (_header.Ordinals[i] >= 0)
                    ReadColumn(rows, i, allocator);
                else if (_isWanted[i])
                    _columns[i].ReadMissing(rows.Count, allocator, _faults);
            }

            _rejects.Add(_faults, rows, from, _chunk, _marks, _rows, rejects);
            if (_faults.Count == 0)
                return Build(rows.Count, from, allocator);
            if (_rejects.KeptRows(_faults, rows.Count) is not { Length: > 0 } kept)
                return null;
            using var all = Build(rows.Count, from, allocator);
            return Selection.Take(all, kept, allocator);
        }
        finally
        {
            foreach (var column in _columns)
                column.Dispose();
        }
    }

    // A column that no plan wants is read all the same when its values can be wrong: what is set aside does not depend on the plan.
    private void ReadColumn(in CsvRows rows, int column, MemoryAllocator allocator)
    {
        if (_isWanted[column] || !_columns[column].AcceptsAll)
            _columns[column].Read(rows, _header.Ordinals[column], allocator, _faults);
    }

    private RecordBatch Build(int count, int from, MemoryAllocator allocator)
    {
        var arrays = new List<IArrowArray>(_output.FieldsList.Count);
        try
        {
            foreach (var field in _output.FieldsList)
                arrays.Add(BuildArray(field.Name, count, from, allocator));
            return new RecordBatch(_output, arrays, count);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
    }

    private IArrowArray BuildArray(string name, int count, int from, MemoryAllocator allocator)
    {
        if (_options.OriginColumns && name == RowOrigin.FileColumn)
            return _origin.File(count, allocator);
        if (_options.OriginColumns && name == RowOrigin.LineColumn)
            return TextOrigin.Lines(_chunk.FirstLine, _rows.Numbers.AsSpan(from, count), _marks.QuotedLines, allocator);
        return _columns[_header.Columns.GetFieldIndex(name)].Build();
    }
}
