using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Asks for nulls, and chooses between columns.</summary>
[Experimental("DEX0001")]
public static class Nulls
{
    /// <summary>True where the column is null. The result itself has no nulls.</summary>
    /// <param name="array">The column, borrowed, of any type.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    public static BooleanArray IsNull(IArrowArray array, MemoryAllocator allocator) => Ask(array, invert: true, allocator);

    /// <summary>True where the column has a value. The result itself has no nulls.</summary>
    /// <param name="array">The column, borrowed, of any type.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    public static BooleanArray IsNotNull(IArrowArray array, MemoryAllocator allocator) => Ask(array, invert: false, allocator);

    /// <summary>The first value a row has among columns of one type; null where all are null.</summary>
    /// <param name="arrays">At least one column, all borrowed and of one length and type.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the inputs' type, owned by the caller.</returns>
    /// <exception cref="ArgumentException">There is no column, or lengths or types differ.</exception>
    public static IArrowArray Coalesce(IReadOnlyList<IArrowArray> arrays, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(allocator);
        if (arrays.Count == 0)
        {
            throw new ArgumentException("Coalesce needs at least one column.", nameof(arrays));
        }

        int length = arrays[0].Length;
        var branches = new ArrayData[arrays.Count];
        using var rented = new Rented<ulong>(branches.Length * Bits.WordsFor(length));
        Span<ulong> masks = rented.Span;
        using var open = new Rented<ulong>(Bits.WordsFor(length));
        Span<ulong> rest = open.Span;
        Validity.CopyTo(Bits.Ones(length), rest);
        for (int b = 0; b < branches.Length; b++)
        {
            branches[b] = arrays[b].Data;
            Guard.SameLength(nameof(Coalesce), length, branches[b].Length);
            Take(Bits.Validity(branches[b]), rest, masks.Slice(b * rest.Length, rest.Length));
        }

        // What no column has is null in the last one too.
        Span<ulong> last = masks[^rest.Length..];
        for (int w = 0; w < rest.Length; w++)
        {
            last[w] |= rest[w];
        }

        return Chooser.Merge(nameof(Coalesce), length, masks, branches, allocator);
    }

    /// <summary>Takes each row from one of two columns of one type.</summary>
    /// <param name="mask">True: from <paramref name="whenTrue"/>; false or null: from <paramref name="otherwise"/>.</param>
    /// <param name="whenTrue">The first column, borrowed.</param>
    /// <param name="otherwise">The second column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>A column of the inputs' type, owned by the caller.</returns>
    /// <exception cref="ArgumentException">Lengths or types differ.</exception>
    public static IArrowArray IfElse(BooleanArray mask, IArrowArray whenTrue, IArrowArray otherwise, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(otherwise);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(nameof(IfElse), mask.Length, whenTrue.Length);
        Guard.SameLength(nameof(IfElse), mask.Length, otherwise.Length);
        int words = Bits.WordsFor(mask.Length);
        using var rented = new Rented<ulong>(2 * words);
        Span<ulong> masks = rented.Span;
        Validity.CopyTo(Bits.Ones(mask.Length), masks[words..]);
        Take(new TrueBits(mask.Data), masks[words..], masks[..words]);
        return Chooser.Merge(nameof(IfElse), mask.Length, masks, [whenTrue.Data, otherwise.Data], allocator);
    }

    /// <summary>Moves the rows that are asked for out of those that are left.</summary>
    internal static void Take(Bits asked, Span<ulong> rest, Span<ulong> taken)
    {
        for (int w = 0; w < rest.Length; w++)
        {
            taken[w] = asked.Word(w) & rest[w];
            rest[w] &= ~taken[w];
        }
    }

    /// <summary>Moves the rows where a boolean column is true out of those that are left.</summary>
    internal static void Take(TrueBits asked, Span<ulong> rest, Span<ulong> taken)
    {
        for (int w = 0; w < rest.Length; w++)
        {
            taken[w] = asked.Word(w) & rest[w];
            rest[w] &= ~taken[w];
        }
    }

    private static BooleanArray Ask(IArrowArray array, bool invert, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        if (array.Data.DataType is DictionaryType && array.Data.Dictionary.GetNullCount() != 0)
        {
            using IArrowArray plain = Dictionaries.Decode(array, allocator);
            return Ask(plain, invert, allocator);
        }

        Bits validity = Bits.Validity(array.Data);
        Bits ones = Bits.Ones(array.Length);
        using var values = new OutputBuffer<ulong>(allocator, validity.Words);
        Span<ulong> words = values.Span;
        for (int w = 0; w < words.Length; w++)
        {
            words[w] = (invert ? ~validity.Word(w) : validity.Word(w)) & ones.Word(w);
        }

        return Assemble.Boolean(array.Length, null, values);
    }
}
