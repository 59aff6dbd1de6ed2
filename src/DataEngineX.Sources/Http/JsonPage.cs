using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DataEngineX.Sources;

/// <summary>Takes the rows of a page out of its body, a line each, and the text that names the next page, in one pass.</summary>
internal sealed class JsonPage
{
    private readonly byte[][] _rowsPath;
    private readonly byte[][]? _nextPath;
    private readonly int _maxDepth;
    private readonly ArrayBufferWriter<byte> _lines = new();

    internal JsonPage(string rowsPath, string? nextPath, int maxDepth)
    {
        _rowsPath = Split(rowsPath);
        _nextPath = nextPath is null ? null : Split(nextPath);
        _maxDepth = maxDepth;
    }

    /// <summary>The rows of the page read last, as JSON lines.</summary>
    internal ReadOnlyMemory<byte> Lines => _lines.WrittenMemory;

    internal int Rows { get; private set; }

    internal string? Next { get; private set; }

    internal bool HasRows { get; private set; }

    /// <summary>Reads a page.</summary>
    /// <exception cref="JsonException">The body is no JSON, or is cut off.</exception>
    /// <exception cref="FormatException">There are no rows where they should be.</exception>
    internal void Read(ReadOnlySpan<byte> body)
    {
        _lines.ResetWrittenCount();
        (Rows, Next, HasRows) = (0, null, false);
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = _maxDepth + 8 });
        if (!reader.Read())
            throw new FormatException("it is empty");
        Visit(ref reader, body, 0, _nextPath is null ? -1 : 0);

        // What follows the value must be nothing.
        reader.Read();
        if (!HasRows)
            throw new FormatException($"it has no member '{Path}'");
    }

    private string Path => string.Join('.', _rowsPath.Select(p => Encoding.UTF8.GetString(p)));

    /// <summary>Goes into a value: depths say how much of each path led here, -1 that this is beside the path.</summary>
    private void Visit(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int rows, int next)
    {
        if (next == _nextPath?.Length)
        {
            Next = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
            next = -1;
        }

        if (rows == _rowsPath.Length)
        {
            TakeRows(ref reader, body);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (rows >= 0 && rows < _rowsPath.Length)
                throw new FormatException($"'{Path}' leads through a value that is no object");
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var inRows = rows >= 0 && rows < _rowsPath.Length && reader.ValueTextEquals(_rowsPath[rows]) ? rows + 1 : -1;
            var inNext = next >= 0 && reader.ValueTextEquals(_nextPath![next]) ? next + 1 : -1;
            reader.Read();
            if (inRows < 0 && inNext < 0)
                reader.Skip();
            else
                Visit(ref reader, body, inRows, inNext);
        }
    }

    private void TakeRows(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        HasRows = true;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                Take(ref reader, body);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Take(ref reader, body);
                break;
            default:
                throw new FormatException(_rowsPath.Length == 0 ? "it is no array and no object" : $"'{Path}' is no array and no object");
        }
    }

    // Line ends can only be blanks between the tokens of a row: as spaces they leave it on one line.
    private void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var row = body[start..(int)reader.BytesConsumed];
        var line = _lines.GetSpan(row.Length + 1)[..(row.Length + 1)];
        row.CopyTo(line);
        line.Replace((byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        line[^1] = (byte)'\n';
        _lines.Advance(line.Length);
        Rows++;
    }

    private static byte[][] Split(string path) => path.Length == 0 ? [] : [.. path.Split('.').Select(Encoding.UTF8.GetBytes)];
}
