using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Appends records to the columns of the batch being built, whole rows only.</summary>
internal sealed class CsvRowAppender
{
    private const int MaxShownBytes = 4096;
    private readonly string _file;
    private readonly byte[] _fileBytes;
    private readonly CsvHeader _header;
    private readonly CsvReadOptions _options;
    private readonly Schema _schema;
    private readonly ColumnBuilder[] _builders;
    private readonly CsvValues.Append[] _parsers;
    private readonly byte[][] _nullTexts;
    private readonly bool[] _isText;
    private byte[] _unescaped = new byte[256];

    internal CsvRowAppender(string file, CsvHeader header, CsvReadOptions options, Schema schema)
    {
        _file = file;
        _fileBytes = Encoding.UTF8.GetBytes(file);
        _header = header;
        _options = options;
        _schema = schema;
        _builders = new ColumnBuilder[schema.FieldsList.Count];
        _parsers = new CsvValues.Append[_builders.Length];
        _isText = new bool[_builders.Length];
        for (var i = 0; i < _builders.Length; i++)
        {
            var field = schema.FieldsList[i];
            _builders[i] = ColumnBuilder.Supports(field.DataType) ? ColumnBuilder.Create(field.DataType) : throw NoText(field);
            _parsers[i] = CsvValues.For(_builders[i]) ?? throw NoText(field);
            _isText[i] = field.DataType.TypeId == Apache.Arrow.Types.ArrowTypeId.String;
        }

        _nullTexts = [.. options.NullTexts.Select(Encoding.UTF8.GetBytes)];
    }

    internal int Count { get; private set; }

    // The offsets of a text column are 32 bits: a batch of very long rows ends early.
    internal bool IsFull => Count >= _options.BatchRows || _builders.Any(static b => b is BytesColumnBuilder { ByteCount: > 1 << 28 });

    internal static string Unquoted(string text, CsvField field) => field.Escaped ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;

    /// <summary>Appends the current record, or gives back why it is set aside, in which case nothing was appended.</summary>
    internal CsvReject? Append(CsvTokenizer tokens)
    {
        if (tokens.BadQuotes)
            return Reject(tokens, null, null, "quotes", "there is text after a closing quote");
        if (tokens.Fields.Count != _header.Names.Count)
        {
            return Reject(
                tokens, null, null, "fields", $"the row has {tokens.Fields.Count} fields where the header has {_header.Names.Count}");
        }

        for (var i = 0; i < _header.Ordinals.Length; i++)
        {
            if (AppendField(tokens, i) is { } reject)
            {
                RemoveLast(i);
                return reject;
            }
        }

        if (_options.OriginColumns)
        {
            ((BytesColumnBuilder)_builders[^2]).Append(_fileBytes);
            ((FixedColumnBuilder<long>)_builders[^1]).Append(tokens.Line);
        }

        Count++;
        return null;
    }

    internal RecordBatch Build(MemoryAllocator allocator)
    {
        var arrays = new List<IArrowArray>(_builders.Length);
        try
        {
            foreach (var builder in _builders)
                arrays.Add(builder.Build(allocator));
            return new RecordBatch(_schema, arrays, Count);
        }
        catch
        {
            foreach (var array in arrays)
                array.Dispose();
            throw;
        }
        finally
        {
            Count = 0;
        }
    }

    private CsvReject? AppendField(CsvTokenizer tokens, int column)
    {
        var ordinal = _header.Ordinals[column];
        if (ordinal < 0)
        {
            _builders[column].AppendNull();
            return null;
        }

        var field = tokens.Fields[ordinal];
        var text = tokens.Bytes(field);
        if (field.Escaped)
            text = Unescape(text);
        if (IsNull(field, text, column))
        {
            if (!_schema.FieldsList[column].IsNullable)
                return Reject(tokens, _schema.FieldsList[column].Name, null, "not-null", "the value is missing and the column requires one");
            _builders[column].AppendNull();
            return null;
        }

        if (_parsers[column](text))
            return null;
        var type = Expressions.ArrowTypes.NameOf(_schema.FieldsList[column].DataType);
        var shown = Shown(text);
        return Reject(tokens, _schema.FieldsList[column].Name, shown, $"type:{type}", $"'{shown}' is not a value of type {type}");
    }

    /// <summary>An empty field is null, except that a quoted empty text is an empty text.</summary>
    private bool IsNull(CsvField field, ReadOnlySpan<byte> text, int column)
    {
        if (text.IsEmpty)
            return !(field.Quoted && _isText[column]);
        if (field.Quoted)
            return false;
        foreach (var nullText in _nullTexts)
        {
            if (text.SequenceEqual(nullText))
                return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        if (_unescaped.Length < text.Length)
            _unescaped = new byte[text.Length * 2];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            _unescaped[length++] = text[i];
            if (text[i] == '"')
                i++;
        }

        return _unescaped.AsSpan(0, length);
    }

    private void RemoveLast(int columns)
    {
        for (var i = 0; i < columns; i++)
            _builders[i].RemoveLast();
    }

    private CsvReject Reject(CsvTokenizer tokens, string? column, string? value, string rule, string reason) =>
        new(_file, tokens.Line, column, value, rule, reason, Shown(tokens.Record));

    private static string Shown(ReadOnlySpan<byte> text) =>
        text.Length <= MaxShownBytes ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..MaxShownBytes]) + "…";

    private static ArgumentException NoText(Field field) =>
        new($"Column '{field.Name}' of type {Expressions.ArrowTypes.NameOf(field.DataType)} cannot be read from CSV; read it as utf8 and convert.");
}
