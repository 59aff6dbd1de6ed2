using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Parquet.Format;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Makes the columns of a file from the nodes of its schema.</summary>
internal sealed class FileColumns
{
    private const int MaxDepth = 64;

    private readonly List<SchemaElement> _elements;
    private int _next;
    private int _leaves;

    private FileColumns(List<SchemaElement> elements) => _elements = elements;

    internal static List<FileColumn> Of(FileMetadata metadata)
    {
        var builder = new FileColumns(metadata.Schema);
        var root = builder.Next();
        var columns = new List<FileColumn>();
        for (var i = 0; i < root.ChildCount; i++)
            columns.Add(builder.Column(new Place(0, 0, 0, 0)));
        if (builder._next != metadata.Schema.Count)
            Corrupt.Throw("its schema has nodes that belong to nothing");
        foreach (var group in metadata.RowGroups)
        {
            if (group.Columns.Count != builder._leaves)
                Corrupt.Throw($"a row group has {group.Columns.Count} columns where its schema has {builder._leaves}");
        }

        return columns;
    }

    private FileColumn Column(Place place)
    {
        if (place.Depth > MaxDepth)
            Corrupt.Throw("its schema is nested too deep");
        var element = Next();
        if (element.Repetition != Repetition.Repeated)
            return Node(element, place);

        // A field that repeats without being called a list is one whose elements cannot be null.
        var list = new FileColumn
        {
            Element = element,
            Shape = ColumnShape.List,
            Name = element.Name,
            IsNullable = false,
            Definition = place.Definition,
            SlotDefinition = place.Slot,
            Repetition = place.Repetition,
            Leaf = _leaves,
        };
        list.Children.Add(Node(element, place.Element()));
        list.Type = list.Children[0].Field is { } field ? new ListType(field) : null;
        return list;
    }

    private FileColumn Node(SchemaElement element, Place place)
    {
        var isNullable = element.Repetition == Repetition.Optional;
        var node = new FileColumn
        {
            Element = element,
            Shape = ShapeOf(element),
            Name = element.Name,
            IsNullable = isNullable,
            Definition = place.Definition + (isNullable ? 1 : 0),
            SlotDefinition = place.Slot,
            Repetition = place.Repetition,
            Leaf = _leaves,
        };
        var inside = place with { Definition = node.Definition, Depth = place.Depth + 1 };
        switch (node.Shape)
        {
            case ColumnShape.Leaf:
                node.Type = StoredTypes.ArrowType(element);
                _leaves++;
                break;
            case ColumnShape.List:
                node.Children.Add(ListElement(inside));
                node.Type = node.Children[0].Field is { } item ? new ListType(item) : null;
                break;
            case ColumnShape.Map:
                var entry = Node(Next(), inside.Element());
                node.Children.Add(entry);
                node.Type = entry.Type is StructType pair && pair.Fields.Count == 2 ? new MapType(pair.Fields[0], pair.Fields[1]) : null;
                break;
            default:
                for (var i = 0; i < element.ChildCount; i++)
                    node.Children.Add(Column(inside));
                node.Type = StructOf(node);
                break;
        }

        return node;
    }

    // Lists have a group that repeats and in it the element; older writers let the element itself repeat.
    private FileColumn ListElement(Place list)
    {
        var repeated = Peek();
        if (repeated.ChildCount == 1 && repeated.Name != "array" && !repeated.Name.EndsWith("_tuple", StringComparison.Ordinal))
        {
            Next();
            return Column(list.Element());
        }

        return Node(Next(), list.Element());
    }

    private static StructType? StructOf(FileColumn node)
    {
        var fields = new List<ArrowField>(node.Children.Count);
        foreach (var child in node.Children)
        {
            if (child.Field is not { } field)
                return null;
            fields.Add(field);
        }

        return fields.Count == 0 ? null : new StructType(fields);
    }

    private ColumnShape ShapeOf(SchemaElement element)
    {
        if (element.Type is not null && element.ChildCount == 0)
            return ColumnShape.Leaf;
        if (element.ChildCount != 1 || Peek().Repetition != Repetition.Repeated)
            return ColumnShape.Struct;
        return element.Logical.Kind switch
        {
            LogicalKind.List => ColumnShape.List,
            LogicalKind.Map when Peek() is { Type: null, ChildCount: 2 } => ColumnShape.Map,
            LogicalKind.Map when Peek() is { Type: null, ChildCount: 1 } => ColumnShape.List, // Keys without values: a set.
            _ => ColumnShape.Struct,
        };
    }

    private SchemaElement Peek() => _next < _elements.Count ? _elements[_next] : Corrupt.Throw<SchemaElement>("its schema ends too early");

    private SchemaElement Next()
    {
        var element = Peek();
        _next++;
        return element;
    }

    /// <summary>Where a node stands: levels of its parent, the level at which it has a slot, the lists around it.</summary>
    private readonly record struct Place(int Definition, int Slot, int Repetition, int Depth)
    {
        /// <summary>The place of a list's elements.</summary>
        internal Place Element() => new(Definition + 1, Definition + 1, Repetition + 1, Depth + 1);
    }
}
