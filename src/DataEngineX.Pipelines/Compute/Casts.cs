using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Turns columns into other types.</summary>
/// <remarks>
/// <para>
/// Numbers to numbers (a float loses its fraction towards zero when it becomes an integer; floats are rounded to the nearest),
/// decimals to and from numbers and other scales (halves away from zero), bool to and from numbers (non-zero is true), dates to and
/// from timestamps, timestamps to the time of their day, timestamps, times and durations between units (finer parts are cut off towards
/// the past), all of these to and from utf8, utf8 to and from binary, integers to and from what is stored as such integers, lists by
/// their elements, null to anything, and dictionary columns as their values.
/// </para>
/// <para>
/// Texts are read and written the invariant way: numbers as C# writes them, <c>true</c> and <c>false</c>, dates as
/// <c>2024-12-31</c>, times as <c>23:59:59.123</c>, durations as <c>-1.02:03:04.5</c> (days, hours, minutes, seconds), timestamps as ISO 8601 (<c>2024-12-31T23:59:59.123Z</c>; a space instead of the T, no seconds, and offsets
/// are read too; without an offset the text is taken as UTC).
/// </para>
/// </remarks>
[Experimental("DEX0001")]
public static class Casts
{
    /// <summary>Turns a column into another type; a value that the type cannot hold is an error.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="target">The type wanted.</param>
    /// <param name="allocator">Where the output is allocated. A column that only changes its type's name is shared instead of copied.</param>
    /// <returns>A column of the type, owned by the caller.</returns>
    /// <exception cref="InvalidCastException">A value does not fit; the message names the first such row and its value.</exception>
    /// <exception cref="NotSupportedException">There is no such cast.</exception>
    public static IArrowArray Cast(IArrowArray array, IArrowType target, MemoryAllocator allocator) =>
        Run(array, target, strict: true, allocator);

    /// <summary>Turns a column into another type; a value that the type cannot hold becomes null.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="target">The type wanted.</param>
    /// <param name="allocator">Where the output is allocated. A column that only changes its type's name is shared instead of copied.</param>
    /// <returns>A column of the type, owned by the caller.</returns>
    /// <exception cref="NotSupportedException">There is no such cast.</exception>
    public static IArrowArray TryCast(IArrowArray array, IArrowType target, MemoryAllocator allocator) =>
        Run(array, target, strict: false, allocator);

    /// <summary>Whether there is a cast between two types.</summary>
    /// <param name="source">The type of the column.</param>
    /// <param name="target">The type wanted.</param>
    /// <returns>True if <see cref="Cast"/> does not refuse the types; single values may still not fit.</returns>
    public static bool CanCast(IArrowType source, IArrowType target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        IArrowType from = source is DictionaryType dictionary ? dictionary.ValueType : source;
        return from.TypeId == ArrowTypeId.Null || CastRules.IsRetype(from, target) || CastRules.IsConversion(from, target);
    }

    private static IArrowArray Run(IArrowArray array, IArrowType target, bool strict, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(allocator);
        ArrayData data = array.Data;
        if (data.DataType is DictionaryType && target is not DictionaryType)
        {
            using IArrowArray decoded = Dictionaries.Decode(array, allocator);
            return Run(decoded, target, strict, allocator);
        }

        if (data.DataType.TypeId == ArrowTypeId.Null)
        {
            return Constants.Nulls(target, data.Length, allocator);
        }

        if (CastRules.IsRetype(data.DataType, target))
        {
            return Retyped(data, target);
        }

        if (!CastRules.IsConversion(data.DataType, target))
        {
            throw new NotSupportedException($"There is no cast from {Guard.Name(data.DataType)} to {Guard.Name(target)}.");
        }

        if (data.DataType is ListType && target is ListType lists)
        {
            return OfLists(array, lists, strict, allocator);
        }

        // What has no loop of its own goes by way of a type that has.
        IArrowType? by = (data.DataType, target) switch
        {
            (Date64Type, _) => new TimestampType(TimeUnit.Millisecond, (string?)null),
            (not Date32Type, Date64Type) => Date32Type.Default,
            (BooleanType, Decimal128Type) => Int8Type.Default,
            _ => null,
        };
        if (by is null)
        {
            return CastLoops.Run(data, target, strict, allocator);
        }

        using IArrowArray between = data.DataType is Date64Type ? Retyped(data, by) : Run(array, by, strict, allocator);
        return Run(between, target, strict, allocator);
    }

    /// <summary>The same buffers under another type, with an owner of their own.</summary>
    internal static IArrowArray Retyped(ArrayData data, IArrowType type)
    {
        ArrayData shared = data.Retain();
        return ArrowArrayFactory.BuildArray(new ArrayData(
            type, shared.Length, shared.NullCount, shared.Offset, shared.Buffers, shared.Children, shared.Dictionary));
    }

    /// <summary>Casts the elements; collecting the lists first drops elements that no list has, which must not fail.</summary>
    private static ListArray OfLists(IArrowArray array, ListType target, bool strict, MemoryAllocator allocator)
    {
        using var rented = new Rented<int>(array.Length);
        for (int i = 0; i < array.Length; i++)
        {
            rented.Span[i] = i;
        }

        using IArrowArray lists = Gather.Run(nameof(Casts), array.Data, rented.Span, allocator);
        using IArrowArray elements = ArrowArrayFactory.BuildArray(lists.Data.Children[0].Retain());
        IArrowArray cast = Run(elements, target.ValueDataType, strict, allocator);
        ArrayData outer = new ArrayData(target, lists.Length, lists.NullCount, 0, lists.Data.Buffers).Retain();
        return new ListArray(new ArrayData(target, outer.Length, outer.NullCount, 0, outer.Buffers, [cast.Data]));
    }
}
