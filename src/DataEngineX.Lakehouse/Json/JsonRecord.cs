using System.Text;
using System.Text.Json;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Puts the members of objects into columns, for rows and for structs.</summary>
internal sealed class JsonRecord
{
    // Where members come in ever new orders, lines are not worth comparing with the one before.
    private const int MostShapes = 32;
    private readonly JsonColumn[] _columns;
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly List<(byte[] Name, int Column)> _shape = [];
    private readonly int[] _seen;
    private int _row;
    private JsonPlainRecord? _plain;
    private bool _hasNewShape;
    private int _shapes;
    private int _misses;
    private int _members;

    internal JsonRecord(JsonColumn[] columns)
    {
        _columns = columns;
        _seen = new int[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            _exact.Add(columns[i].Field.Name, i);
    }

    /// <summary>Reads a line that is like the one before and has nothing to interpret; false leaves it to <see cref="TryRead"/>, after what was appended is taken back.</summary>
    internal bool TryReadPlain(ReadOnlySpan<byte> text)
    {
        if (_plain is not null && _plain.TryRead(text))
        {
            _misses = 0;
            return true;
        }

        // One line of another shape among many alike is no reason to forget theirs.
        if (++_misses < 2 || !_hasNewShape || _shapes == MostShapes)
            return false;
        _hasNewShape = false;
        _shapes++;
        _plain = JsonPlainRecord.Of(_shape.GetRange(0, Math.Min(_members, _shape.Count)), _columns);
        return false;
    }

    /// <summary>Reads the object whose start the reader stands at, to its end.</summary>
    internal bool TryRead(ref Utf8JsonReader reader, JsonLine line)
    {
        // A stamp marks what an object has; where stamps run out they start anew.
        if (_row == int.MaxValue)
            System.Array.Clear(_seen);
        _row = _row == int.MaxValue ? 1 : _row + 1;
        var place = 0;
        for (; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; place++)
        {
            var column = Find(ref reader, place);
            reader.Read();
            if (column < 0)
            {
                reader.Skip();
                continue;
            }

            if (_seen[column] == _row)
                return line.Fail("json", $"the object has the member '{_columns[column].Field.Name}' twice");
            _seen[column] = _row;
            var isRight = reader.TokenType == JsonTokenType.Null ? _columns[column].TryAppendNull(line) : _columns[column].TryAppend(ref reader, line);
            if (!isRight)
                return line.Path is null ? false : line.In(_columns[column].Field.Name);
        }

        _hasNewShape |= place != _members;
        _members = place;

        for (var i = 0; i < _columns.Length; i++)
        {
            if (_seen[i] != _row && !_columns[i].TryAppendNull(line))
                return line.In(_columns[i].Field.Name);
        }

        return true;
    }

    // Objects of one file have their members in the same order, so the name at a place is compared with the one seen there last.
    private int Find(ref Utf8JsonReader reader, int place)
    {
        if (place < _shape.Count && reader.ValueTextEquals(_shape[place].Name))
            return _shape[place].Column;
        var name = reader.GetString()!;
        if (!_exact.TryGetValue(name, out var column) && !_exact.TryGetValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), out column))
            column = -1;
        _hasNewShape = true;
        var known = (Encoding.UTF8.GetBytes(name), column);
        if (place < _shape.Count)
            _shape[place] = known;
        else if (place == _shape.Count && place < 1 << 12)
            _shape.Add(known);
        return column;
    }
}
