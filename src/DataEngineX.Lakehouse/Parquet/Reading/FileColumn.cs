using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>A column of a file, or a part of one: lists have their elements below them, structs their fields.</summary>
internal sealed class FileColumn
{
    internal required SchemaElement Element { get; init; }

    internal required ColumnShape Shape { get; init; }

    internal required string Name { get; init; }

    internal required bool IsNullable { get; init; }

    /// <summary>The definition level from which on the column has a value here.</summary>
    internal required int Definition { get; init; }

    /// <summary>The definition level from which on the column has a place here, with a value or null.</summary>
    internal required int SlotDefinition { get; init; }

    /// <summary>How many lists the column lies in.</summary>
    internal required int Repetition { get; init; }

    /// <summary>The number of the stored column, for leaves; else that of the first one below.</summary>
    internal int Leaf { get; set; }

    internal List<FileColumn> Children { get; } = [];

    /// <summary>The Arrow type; null when the column cannot be read.</summary>
    internal IArrowType? Type { get; set; }

    internal ArrowField? Field => Type is null ? null : new ArrowField(Name, Type, IsNullable);

    /// <summary>The same place with another name and type, and other parts below it.</summary>
    internal FileColumn As(ArrowField field, ColumnShape shape, IEnumerable<FileColumn> children)
    {
        var column = new FileColumn
        {
            Element = Element,
            Shape = shape,
            Name = field.Name,
            IsNullable = field.IsNullable,
            Definition = Definition,
            SlotDefinition = SlotDefinition,
            Repetition = Repetition,
            Leaf = Leaf,
            Type = field.DataType,
        };
        column.Children.AddRange(children);
        return column;
    }

    internal bool IsFlat => Shape == ColumnShape.Leaf && Repetition == 0 && Definition <= 1 && SlotDefinition == 0;
}
