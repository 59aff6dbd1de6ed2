using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>
/// A variant, or a part of one, that lies in parts: what has the type expected stands in a column of that type, and all else in the binary form beside it.
/// </summary>
internal sealed class ShreddedVariant
{
    private readonly BinaryArray? _value;
    private readonly IArrowArray? _typed;
    private readonly string[] _names = [];
    private readonly byte[][] _utf8 = [];
    private readonly ShreddedVariant[] _parts = [];
    private readonly StructArray _group;

    /// <param name="group">The stored column: <c>value</c> and <c>typed_value</c>, each of which may be missing.</param>
    internal ShreddedVariant(StructArray group)
    {
        _group = group;
        var fields = ((StructType)group.Data.DataType).Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == "value")
                _value = group.Fields[i] as BinaryArray ?? throw new FormatException("the binary part of a variant is not binary");
            else if (fields[i].Name == VariantColumns.Shredded)
                _typed = group.Fields[i];
        }

        if (_typed is StructArray structure)
        {
            _names = [.. ((StructType)structure.Data.DataType).Fields.Select(f => f.Name)];
            _utf8 = [.. _names.Select(Encoding.UTF8.GetBytes)];
            _parts = [.. structure.Fields.Select(Part)];
        }
        else if (_typed is ListArray list)
        {
            _parts = [Part(list.Values)];
        }
    }

    /// <summary>Writes the value of a row.</summary>
    /// <returns>False when there is none, which nothing was written for.</returns>
    internal bool Write(int row, VariantNames names, VariantWriter to)
    {
        if (_group.IsNull(row))
            return false;
        var value = _value is not null && _value.IsValid(row) ? _value.GetBytes(row) : default;
        if (_typed is null || _typed.IsNull(row))
        {
            to.Bytes(value);
            return !value.IsEmpty;
        }

        switch (_typed)
        {
            case StructArray:
                Object(row, value, names, to);
                break;
            case ListArray list:
                List(list, row, names, to);
                break;
            default:
                TypedValues.Write(_typed, row, to);
                break;
        }

        return true;
    }

    private static ShreddedVariant Part(IArrowArray column) =>
        new(column as StructArray ?? throw new FormatException("a part of a variant is not stored as its value and its typed value"));

    /// <summary>The fields that have columns, and those that stand beside them.</summary>
    private void Object(int row, ReadOnlySpan<byte> others, VariantNames names, VariantWriter to)
    {
        var (first, start) = (to.Parts, to.Length);
        for (var i = 0; i < _parts.Length; i++)
        {
            var at = to.Length;
            if (_parts[i].Write(row, names, to))
                to.AddPart(names.Find(_names[i], _utf8[i]), at);
        }

        if (!others.IsEmpty)
        {
            foreach (var (name, from, length) in new VariantObject(others))
            {
                to.AddPart(name, to.Length);
                to.Bytes(others.Slice(from, length));
            }
        }

        to.EndObject(first, start, names);
    }

    private void List(ListArray list, int row, VariantNames names, VariantWriter to)
    {
        var (first, start) = (to.Parts, to.Length);
        for (var i = list.ValueOffsets[row]; i < list.ValueOffsets[row + 1]; i++)
        {
            to.AddPart(0, to.Length);
            if (!_parts[0].Write(i, names, to))
                to.Null();
        }

        to.EndList(first, start);
    }
}
