using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Json;

namespace LakehouseExplorer.Output;

/// <summary>A column of a table on the terminal: its cells as text, cut where they are long.</summary>
internal sealed class TerminalColumn
{
    private const int MostWidth = 40;

    private readonly bool _isNumber;
    private readonly JsonText? _nested;

    internal TerminalColumn(Field field)
    {
        _isNumber = field.DataType.TypeId is >= ArrowTypeId.UInt8 and <= ArrowTypeId.Double or ArrowTypeId.Decimal128;
        _nested = field.DataType is NestedType ? new JsonText(field) : null;
        Name = Cut(CellText.Visible(field.Name));
        Type = Cut(TypeNames.Of(field));
        Width = Math.Max(1, Math.Max(Length(Name), Length(Type)));
    }

    internal string Name { get; }

    internal string Type { get; }

    internal List<string> Cells { get; } = [];

    /// <summary>The characters that the widest cell has.</summary>
    internal int Width { get; private set; }

    internal void Take(IArrowArray column, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var cell = Cut(CellText.Of(column, row, _nested));
            Width = Math.Max(Width, Length(cell));
            Cells.Add(cell);
        }
    }

    /// <summary>Numbers stand at the right, with their name and type.</summary>
    internal string Pad(string text)
    {
        var space = new string(' ', Math.Max(0, Width - Length(text)));
        return _isNumber ? space + text : text + space;
    }

    private static string Cut(string text)
    {
        if (Length(text) <= MostWidth)
            return text;
        var at = 0;
        foreach (var rune in text.EnumerateRunes().Take(MostWidth - 1))
            at += rune.Utf16SequenceLength;
        return text[..at] + "…";
    }

    private static int Length(string text) => text.EnumerateRunes().Count();
}
