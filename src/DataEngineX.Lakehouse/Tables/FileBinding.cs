using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Lakehouse.Delta;
using DataEngineX.Lakehouse.Delta.Variants;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Parquet.Reading;

namespace DataEngineX.Lakehouse.Tables;

/// <summary>Finds the columns of a table in one of its data files, whatever they were called and whichever types they had when it was written.</summary>
internal sealed class FileBinding
{
    private readonly ParquetFile _file;
    private readonly ColumnMapping _mapping;
    private bool _hasShredded;

    private FileBinding(ParquetFile file, ColumnMapping mapping)
    {
        _file = file;
        _mapping = mapping;
    }

    /// <summary>The columns, one for each wanted.</summary>
    /// <exception cref="DataEngineXException">The columns are told by number, and the file numbers none.</exception>
    internal static IReadOnlyList<BoundColumn> Of(ParquetFile file, IEnumerable<DeltaField> wanted, ColumnMapping mapping)
    {
        var binding = new FileBinding(file, mapping);
        if (mapping == ColumnMapping.Id && file.Columns.Any() && !file.Columns.Any(c => c.Element.FieldId >= 0))
            throw new DataEngineXException($"{file.Name} does not number its columns, but its table tells them by number (column mapping by id).");
        return [.. wanted.Select(binding.Bind)];
    }

    /// <summary>The condition with the names that the file has; columns that it does not have get a name that no column has.</summary>
    internal static Expr? Translate(Expr? predicate, IReadOnlyList<BoundColumn> columns, TableSchema all, ParquetFile file)
    {
        if (predicate is null)
            return null;
        return new FileBinding(file, all.Mapping).Translate(predicate, columns, all);
    }

    private Expr Translate(Expr node, IReadOnlyList<BoundColumn> columns, TableSchema all)
    {
        if (ColumnPath.Of(node) is { } path)
            return InFile(path, columns, all).ToExpr();
        return node.Children.Count == 0 ? node : node.WithChildren([.. node.Children.Select(c => Translate(c, columns, all))]);
    }

    private ColumnPath InFile(ColumnPath path, IReadOnlyList<BoundColumn> columns, TableSchema all)
    {
        var wanted = all.Find(path.Column);
        var stored = columns.FirstOrDefault(c => string.Equals(c.Wanted.Name, path.Column, StringComparison.Ordinal))?.Stored
            ?? (wanted is not null && !all.IsPartition(wanted) ? Find(wanted, _file.Columns) : null);
        var column = stored?.Name ?? "\0" + path.Column;
        var fields = new List<string>(path.Fields.Count);
        foreach (var name in path.Fields)
        {
            wanted = wanted?.Children.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));
            stored = stored is not null && wanted is not null ? Find(wanted, stored.Children) : null;
            fields.Add(stored?.Name ?? "\0" + name);
        }

        return new ColumnPath(column, fields);
    }

    private BoundColumn Bind(DeltaField wanted)
    {
        // A column that never had a value is in no file.
        var stored = wanted.Field.DataType is NullType ? null : Find(wanted, _file.Columns);
        _hasShredded = false;
        var shaped = stored is null || wanted.Children.Count == 0 ? null : Shape(stored, wanted);
        return new BoundColumn(wanted.Field, stored, shaped)
        {
            Finish = _hasShredded ? (values, allocator) => VariantAssembly.Assemble(values, wanted, allocator) : null,
        };
    }

    private FileColumn? Find(DeltaField wanted, IEnumerable<FileColumn> columns)
    {
        if (_mapping == ColumnMapping.Id && wanted.Id is not null)
            return columns.FirstOrDefault(c => c.Element.FieldId == wanted.Id);
        FileColumn? other = null;
        foreach (var column in columns)
        {
            if (string.Equals(column.Name, wanted.PhysicalName, StringComparison.Ordinal))
                return column;

            // Names of a table differ by more than case, so a file that spells one otherwise still means it.
            if (string.Equals(column.Name, wanted.PhysicalName, StringComparison.OrdinalIgnoreCase))
                other = column;
        }

        return other;
    }

    private FileColumn Shape(FileColumn stored, DeltaField wanted) => (wanted.Field.DataType, stored.Shape) switch
    {
        (StructType, ColumnShape.Struct) when VariantColumns.Is(wanted) && stored.Children.Exists(c => c.Name == VariantColumns.Shredded) => Shredded(stored, wanted),
        (StructType, ColumnShape.Struct) => stored.As(wanted.Field, ColumnShape.Struct, Fields(stored, wanted)),
        (ListType, ColumnShape.List) => stored.As(wanted.Field, ColumnShape.List, [Shape(stored.Children[0], wanted.Children[0])]),
        (MapType, ColumnShape.Map) when stored.Children[0].Children.Count == 2 => Map(stored, wanted),
        (NestedType, _) => throw Differs(stored, wanted),
        (_, ColumnShape.Leaf) => stored.As(wanted.Field, ColumnShape.Leaf, []),
        _ => throw Differs(stored, wanted),
    };

    /// <summary>A variant in parts is read as it is stored, whichever types its parts have.</summary>
    private FileColumn Shredded(FileColumn stored, DeltaField wanted)
    {
        _hasShredded = true;
        return stored.As(new Field(wanted.Name, stored.Type ?? throw Differs(stored, wanted), wanted.Field.IsNullable), ColumnShape.Struct, stored.Children);
    }

    private IEnumerable<FileColumn> Fields(FileColumn stored, DeltaField wanted) => wanted.Children.Select(field =>
        field.Field.DataType is not NullType && Find(field, stored.Children) is { } found
            ? Shape(found, field)
            : stored.As(field.Field, ColumnShape.Missing, []));

    private FileColumn Map(FileColumn stored, DeltaField wanted)
    {
        var entry = stored.Children[0];
        var (key, value) = (wanted.Children[0], wanted.Children[1]);
        var pair = new Field(entry.Name, new StructType([key.Field, value.Field]), false);
        return stored.As(wanted.Field, ColumnShape.Map,
            [entry.As(pair, ColumnShape.Struct, [Shape(entry.Children[0], key), Shape(entry.Children[1], value)])]);
    }

    private DataEngineXException Differs(FileColumn stored, DeltaField wanted) => new(
        $"Column '{wanted.Name}' of {_file.Name} is stored as {(stored.Type is { } type ? ArrowTypes.NameOf(type) : stored.Shape)} "
        + $"and cannot be read as {ArrowTypes.NameOf(wanted.Field.DataType)}.");
}
