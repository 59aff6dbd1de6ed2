using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>A struct column of a checkpoint, read by the numbers of its parts.</summary>
internal readonly struct CheckpointColumn(IArrowArray array)
{
    private readonly StructArray _array = (StructArray)array;

    internal int Length => _array.Length;

    internal int Parts => _array.Fields.Count;

    internal bool Has(int row) => _array.IsValid(row);

    internal CheckpointColumn Struct(int part) => new(_array.Fields[part]);

    internal IArrowArray Part(int part) => _array.Fields[part];

    internal ReadOnlySpan<byte> Bytes(int part, int row) => ((StringArray)_array.Fields[part]).GetBytes(row);

    internal string? Text(int part, int row) => ((StringArray)_array.Fields[part]).GetString(row);

    internal long? Long(int part, int row) => ((Int64Array)_array.Fields[part]).GetValue(row);

    internal int? Int(int part, int row) => ((Int32Array)_array.Fields[part]).GetValue(row);

    internal bool? Bool(int part, int row) => ((BooleanArray)_array.Fields[part]).GetValue(row);

    internal List<string>? Texts(int part, int row)
    {
        var list = (ListArray)_array.Fields[part];
        if (list.IsNull(row))
            return null;
        var values = (StringArray)list.Values;
        var texts = new List<string>();
        for (var i = list.ValueOffsets[row]; i < list.ValueOffsets[row + 1]; i++)
            texts.Add(values.GetString(i));
        return texts;
    }

    internal Dictionary<string, string?>? Map(int part, int row)
    {
        var map = (MapArray)_array.Fields[part];
        if (map.IsNull(row))
            return null;
        var (keys, values) = ((StringArray)map.Keys, (StringArray)map.Values);
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = map.ValueOffsets[row]; i < map.ValueOffsets[row + 1]; i++)
            texts[keys.GetString(i)] = values.GetString(i);
        return texts;
    }

    internal DeletionVectorSpec? Vector(int part, int row)
    {
        var vector = Struct(part);
        return !vector.Has(row) || vector.Text(0, row) is not { } kind
            ? null
            : new DeletionVectorSpec
            {
                StorageType = kind,
                PathOrInlineDv = vector.Text(1, row) ?? "",
                Offset = vector.Int(2, row),
                SizeInBytes = vector.Int(3, row) ?? 0,
                Cardinality = vector.Long(4, row) ?? 0,
            };
    }
}
