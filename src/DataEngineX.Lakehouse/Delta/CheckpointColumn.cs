using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>A struct column of a checkpoint, read by the numbers of its parts. The parts are looked up once: Arrow makes a closure for each look.</summary>
internal sealed class CheckpointColumn
{
    private readonly StructArray _array;
    private readonly IArrowArray[] _parts;
    private readonly CheckpointColumn?[] _structs;
    private readonly (StringArray Keys, StringArray Values)?[] _maps;

    internal CheckpointColumn(IArrowArray array)
    {
        _array = (StructArray)array;
        _parts = [.. _array.Fields];
        _structs = new CheckpointColumn?[_parts.Length];
        _maps = new (StringArray, StringArray)?[_parts.Length];
    }

    internal int Length => _array.Length;

    internal int Parts => _parts.Length;

    internal bool Has(int row) => _array.IsValid(row);

    /// <summary>Whether a part has no value in any row.</summary>
    internal bool IsEmpty(int part) => _parts[part].NullCount == _parts[part].Length;

    internal CheckpointColumn Struct(int part) => _structs[part] ??= new CheckpointColumn(_parts[part]);

    internal IArrowArray Part(int part) => _parts[part];

    internal ReadOnlySpan<byte> Bytes(int part, int row) => ((StringArray)_parts[part]).GetBytes(row);

    internal string? Text(int part, int row) => ((StringArray)_parts[part]).GetString(row);

    internal long? Long(int part, int row) => ((Int64Array)_parts[part]).GetValue(row);

    internal int? Int(int part, int row) => ((Int32Array)_parts[part]).GetValue(row);

    internal bool? Bool(int part, int row) => ((BooleanArray)_parts[part]).GetValue(row);

    internal List<string>? Texts(int part, int row)
    {
        var list = (ListArray)_parts[part];
        if (list.IsNull(row))
            return null;
        var values = (StringArray)list.Values;
        var texts = new List<string>();
        for (var i = list.ValueOffsets[row]; i < list.ValueOffsets[row + 1]; i++)
            texts.Add(values.GetString(i));
        return texts;
    }

    /// <summary>A map of texts; equal ones are one object where <paramref name="shared"/> holds them.</summary>
    internal Dictionary<string, string?>? Map(int part, int row, SharedMaps? shared = null)
    {
        var map = (MapArray)_parts[part];
        if (map.IsNull(row))
            return null;
        var (keys, values) = _maps[part] ??= ((StringArray)map.Keys, (StringArray)map.Values);
        var (start, end) = (map.ValueOffsets[row], map.ValueOffsets[row + 1]);
        return shared is null ? SharedMaps.Read(keys, values, start, end) : shared.Of(keys, values, start, end);
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
