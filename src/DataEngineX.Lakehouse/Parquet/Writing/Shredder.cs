using Apache.Arrow;
using Apache.Arrow.Types;
using ArrowField = Apache.Arrow.Field;

namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Takes a nested column apart into the entries of its stored columns.</summary>
internal sealed class Shredder(IReadOnlyList<LeafChunk> leaves)
{
    private int _next;

    /// <summary>Adds the rows of an array to the stored columns below it.</summary>
    /// <returns>How many stored columns those are.</returns>
    internal int Add(ArrowField field, IArrowArray array, int first)
    {
        _next = first;
        var entries = new Entries(array.Length);
        for (var i = 0; i < array.Length; i++)
            entries.Places[i] = i;
        Visit(field, array, entries, 0);
        return _next - first;
    }

    private void Visit(ArrowField field, IArrowArray array, Entries entries, int repetition)
    {
        if (field.IsNullable || field.DataType is NullType)
            entries = Nulls(array, entries);
        else if (array.NullCount > 0)
            RequireValues(field, array, entries);
        switch (field.DataType)
        {
            case ListType type:
                var list = (ListArray)array;
                Visit(type.ValueField, list.Values, Elements(list.ValueOffsets, entries, repetition + 1), repetition + 1);
                break;
            case MapType type:
                var map = (MapArray)array;
                var inMap = Elements(map.ValueOffsets, entries, repetition + 1);
                Visit(type.KeyField, map.Keys, inMap, repetition + 1);
                Visit(type.ValueField, map.Values, inMap, repetition + 1);
                break;
            case StructType type when type.Fields.Count > 0:
                var structure = (StructArray)array;
                for (var i = 0; i < type.Fields.Count; i++)
                    Visit(type.Fields[i], structure.Fields[i], entries, repetition);
                break;
            default:
                Leaf(array, entries);
                break;
        }
    }

    private void Leaf(IArrowArray array, Entries entries)
    {
        var places = new int[entries.Count];
        var count = 0;
        foreach (var place in entries.Places)
        {
            if (place >= 0)
                places[count++] = place;
        }

        var leaf = leaves[_next++];
        leaf.Levels.Add(entries.Definitions, entries.Repetitions);
        if (count > 0)
            leaf.Values.AddAt((Apache.Arrow.Array)array, places.AsSpan(0, count));
    }

    /// <summary>One level deeper where there is a value; where there is none the entry ends.</summary>
    private static Entries Nulls(IArrowArray array, Entries entries)
    {
        var next = entries.Copy();
        for (var i = 0; i < next.Count; i++)
        {
            if (next.Places[i] < 0)
                continue;
            if (array is not NullArray && array.IsValid(next.Places[i]))
                next.Definitions[i]++;
            else
                next.Places[i] = -1;
        }

        return next;
    }

    // Under a parent that is null there is no value to ask for, and those entries have ended already.
    private static void RequireValues(ArrowField field, IArrowArray array, Entries entries)
    {
        foreach (var place in entries.Places)
        {
            if (place >= 0 && array.IsNull(place))
                throw new MalformedDataException($"Column '{field.Name}' is declared not to be null, and a row of it is.", field.Name);
        }
    }

    private static Entries Elements(ReadOnlySpan<int> offsets, Entries entries, int repetition)
    {
        var count = 0;
        foreach (var place in entries.Places)
            count = checked(count + Math.Max(1, place < 0 ? 0 : offsets[place + 1] - offsets[place]));
        var next = new Entries(count);
        var at = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var place = entries.Places[i];
            var length = place < 0 ? 0 : offsets[place + 1] - offsets[place];
            for (var k = 0; k < Math.Max(1, length); k++)
            {
                next.Places[at] = length == 0 ? -1 : offsets[place] + k;
                next.Definitions[at] = (byte)(entries.Definitions[i] + (length == 0 ? 0 : 1));
                next.Repetitions[at++] = k == 0 ? entries.Repetitions[i] : (byte)repetition;
            }
        }

        return next;
    }

    /// <summary>Entries with the place of their value in the array at hand, or -1 where they have ended.</summary>
    private sealed class Entries(int count)
    {
        internal int Count { get; } = count;

        internal int[] Places { get; } = new int[count];

        internal byte[] Definitions { get; private init; } = new byte[count];

        internal byte[] Repetitions { get; private init; } = new byte[count];

        internal Entries Copy()
        {
            var copy = new Entries(Count) { Repetitions = Repetitions };
            Places.CopyTo(copy.Places, 0);
            Definitions.CopyTo(copy.Definitions, 0);
            return copy;
        }
    }
}
