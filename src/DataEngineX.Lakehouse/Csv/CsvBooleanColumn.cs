using System.Text;
using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>A column of truth values: <c>true</c>, <c>false</c>, <c>1</c> and <c>0</c>, in any case.</summary>
internal sealed class CsvBooleanColumn(Field field, int index, CsvFieldRules rules) : CsvColumn(field, index, rules)
{
    private readonly FilledBuffer _values = new();

    public override void Dispose()
    {
        _values.Dispose();
        base.Dispose();
    }

    internal static bool? Parse(ReadOnlySpan<byte> text) => text.Length switch
    {
        1 when text[0] == (byte)'1' => true,
        1 when text[0] == (byte)'0' => false,
        4 when Ascii.EqualsIgnoreCase(text, "true"u8) => true,
        5 when Ascii.EqualsIgnoreCase(text, "false"u8) => false,
        _ => null,
    };

    protected override unsafe void ReadFields(in CsvRows rows, int ordinal)
    {
        ClearFields();
        for (var row = 0; row < rows.Count; row++)
        {
            var text = rows.Field(row, ordinal, out var length);
            var field = new ReadOnlySpan<byte>(text, length);
            if (!Rules.TryText(ref field, rows.HasQuotes, out _))
                AddNull(row);
            else if (Parse(field.Trim(" \t"u8)) is not { } value)
                AddFault(row);
            else if (value)
                _values.Pointer[row >> 3] |= (byte)(1 << (row & 7));
        }
    }

    protected override void ClearFields() => _values.Allocate(Allocator, (Count + 7) / 8, clear: true);

    protected override ArrowBuffer[] BuildBuffers(ArrowBuffer validity) => [validity, _values.Build()];
}
