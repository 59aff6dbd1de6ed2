using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Turns chunks of JSON lines into batches.</summary>
internal sealed class JsonChunkReader : ITextChunkReader
{
    private readonly string _file;
    private readonly JsonReadOptions _options;
    private readonly Schema _output;
    private readonly JsonReaderOptions _json;
    private readonly JsonColumn[] _columns;
    private readonly JsonRecord _record;
    private readonly TextOrigin _origin;
    private readonly GrowBuffer<int> _numbers = new();
    private readonly JsonLine _line = new();
    private TextChunk _chunk;
    private int _at;
    private int _number;

    internal JsonChunkReader(string file, Schema columns, JsonReadOptions options, Schema output)
    {
        _file = file;
        _options = options;
        _output = output;
        _json = new JsonReaderOptions { MaxDepth = options.MaxDepth };
        _columns = [.. columns.FieldsList.Select(f => JsonColumns.Create(f, options))];
        _record = new JsonRecord(_columns);
        _origin = new TextOrigin(file);
    }

    public void Load(in TextChunk chunk)
    {
        _chunk = chunk;
        _at = 0;
        _number = 0;
    }

    public RecordBatch? Next(MemoryAllocator allocator, List<LineReject> rejects)
    {
        _numbers.Truncate(0);
        while (_at < _chunk.Length && _numbers.Count < _options.BatchRows)
            ReadLine(rejects);
        return _numbers.Count == 0 ? null : Build(allocator);
    }

    public void Dispose()
    {
        _numbers.Dispose();
        foreach (var column in _columns)
            column.Dispose();
    }

    private void ReadLine(List<LineReject> rejects)
    {
        var rest = _chunk.Text[_at..];
        var length = rest.IndexOfAny((byte)'\n', (byte)'\r');
        length = length < 0 ? rest.Length : length;
        var text = rest[..length];
        var blanks = length - text.TrimStart(" \t"u8).Length;
        if (blanks < length)
        {
            _line.Begin(_chunk.Buffer!, _at + blanks, length - blanks);
            if (TryReadObject())
                _numbers.Add(_number);
            else
                rejects.Add(LineReject.Of(_file, _chunk.FirstLine + _number, _line.Path, _line.Value, _line.Rule, _line.Reason, text));
        }

        _at += length + (length + 1 < rest.Length && rest[length] == '\r' && rest[length + 1] == '\n' ? 2 : 1);
        _number++;
    }

    private bool TryReadObject()
    {
        if (_record.TryReadPlain(_line.Text))
            return true;
        TakeBack();
        if (TryParseObject())
            return true;
        // Only a line that is no JSON can hold a name that stands bare.
        if (!_options.NamedNumbers || _line.Path is not null || JsonNamedNumbers.Quoted(_line.Text) is not { Array: { } quoted, Count: var length })
            return false;
        _line.Begin(quoted, 0, length);
        return TryParseObject();
    }

    private bool TryParseObject()
    {
        var isRight = false;
        try
        {
            var reader = new Utf8JsonReader(_line.Text, _json);
            reader.Read();
            isRight = reader.TokenType == JsonTokenType.StartObject ? _record.TryRead(ref reader, _line) && !reader.Read() : _line.Fail("json", "the line is no JSON object");
        }
        catch (JsonException e)
        {
            _line.Fail("json", $"it is not JSON from byte {e.BytePositionInLine + 1} of the line on");
        }
        catch (InvalidOperationException e)
        {
            // A text with half a surrogate pair, which UTF-8 cannot hold.
            _line.Fail("json", $"it holds a text that cannot be read ({e.Message})");
        }

        if (!isRight)
            TakeBack();
        return isRight;
    }

    // What an attempt appended for the line that it gave up.
    private void TakeBack()
    {
        foreach (var column in _columns)
            column.Truncate(_numbers.Count);
    }

    private RecordBatch Build(MemoryAllocator allocator)
    {
        var count = _numbers.Count;
        var arrays = new List<IArrowArray>(_output.FieldsList.Count);
        try
        {
            foreach (var field in _output.FieldsList)
                arrays.Add(BuildArray(field.Name, count, allocator));
            return new RecordBatch(_output, arrays, count);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
        finally
        {
            foreach (var column in _columns)
                column.Truncate(0);
        }
    }

    private IArrowArray BuildArray(string name, int count, MemoryAllocator allocator)
    {
        if (_options.OriginColumns && name == RowOrigin.FileColumn)
            return _origin.File(count, allocator);
        return _options.OriginColumns && name == RowOrigin.LineColumn
            ? TextOrigin.Lines(_chunk.FirstLine, _numbers.Items, [], allocator)
            : System.Array.Find(_columns, c => c.Field.Name == name)!.Build(allocator);
    }
}
