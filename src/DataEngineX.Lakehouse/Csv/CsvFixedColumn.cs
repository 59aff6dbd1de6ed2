using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>A column of values of one width.</summary>
internal sealed unsafe class CsvFixedColumn<T, TParser> : CsvColumn
    where T : unmanaged
    where TParser : struct, ICsvParser<T>
{
    private readonly TParser _parser;
    private readonly FilledBuffer _values = new();
    private readonly bool _isFast;

    internal CsvFixedColumn(Field field, int index, CsvFieldRules rules, TParser parser)
        : base(field, index, rules)
    {
        _parser = parser;
        _isFast = !rules.HasNumericNullTexts;
    }

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    protected override void ReadFields(in CsvRows rows, int ordinal)
    {
        _values.Allocate(Allocator, (long)rows.Count * sizeof(T));
        var values = (T*)_values.Pointer;
        var parser = _parser;
        var isFast = _isFast;
        for (var row = 0; row < rows.Count; row++)
        {
            var text = rows.Field(row, ordinal, out var length);
            if (!isFast || !parser.TryFast(text, length, out values[row]))
                values[row] = ReadSlowly(new ReadOnlySpan<byte>(text, length), rows.HasQuotes, row);
        }
    }

    protected override void ClearFields() => _values.Allocate(Allocator, (long)Count * sizeof(T), clear: true);

    protected override ArrowBuffer[] BuildBuffers(ArrowBuffer validity) => [validity, _values.Build()];

    private T ReadSlowly(ReadOnlySpan<byte> field, bool hasQuotes, int row)
    {
        if (!Rules.TryText(ref field, hasQuotes, out _))
        {
            AddNull(row);
            return default;
        }

        if (_parser.TryParse(field.Trim(" \t"u8), out var value))
            return value;
        AddFault(row);
        return default;
    }
}
