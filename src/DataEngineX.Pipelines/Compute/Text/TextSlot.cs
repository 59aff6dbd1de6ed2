using System.Text;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>An argument of a function on texts: the number of a column among those evaluated, or a literal text.</summary>
internal readonly record struct TextSlot(int Column, byte[]? Literal)
{
    public TextInput Of(IReadOnlyList<IArrowArray> columns) => Literal is null ? new TextInput(columns[Column].Data) : new TextInput(Literal);

    public static TextSlot Of(string literal) => new(-1, Encoding.UTF8.GetBytes(literal));
}

/// <summary>A whole number among the arguments: the number of an int64 column among those evaluated, or a literal.</summary>
internal readonly record struct NumberSlot(int Column, long Literal)
{
    public NumberInput Of(IReadOnlyList<IArrowArray> columns) => Column < 0 ? new NumberInput(Literal) : new NumberInput(columns[Column].Data);
}
