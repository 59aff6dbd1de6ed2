using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Asks for nulls, replaces them, and chooses between columns.</summary>
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

        IArrowArray result = Assemble.Share(arrays[0]);
        try
        {
            for (int i = 1; i < arrays.Count; i++)
            {
                IArrowArray next = Chooser.Run(nameof(Coalesce), Bits.Validity(result.Data), result.Data, arrays[i].Data, allocator);
                result.Dispose();
                result = next;
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
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
        using var rented = new Rented<ulong>(Bits.WordsFor(mask.Length));
        Bits values = Bits.Values(mask.Data);
        Bits validity = Bits.Validity(mask.Data);
        Span<ulong> words = rented.Span;
        for (int w = 0; w < words.Length; w++)
        {
            words[w] = values.Word(w) & validity.Word(w);
        }

        return Chooser.Run(nameof(IfElse), Bits.Of(words, mask.Length), whenTrue.Data, otherwise.Data, allocator);
    }

    /// <summary>Replaces nulls with a literal.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="value">A CLR value of the column's type.</param>
    /// <param name="allocator">Where the output is allocated. A column without nulls is shared instead of copied.</param>
    /// <returns>A column of the input's type without nulls, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The literal is not a value of the column's type.</exception>
    public static IArrowArray FillNull(IArrowArray array, object value, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(allocator);
        using IArrowArray constant = Constants.Create(array.Data.DataType, value, array.Length, allocator);
        return array.NullCount == 0
            ? Assemble.Share(array)
            : Chooser.Run(nameof(FillNull), Bits.Validity(array.Data), array.Data, constant.Data, allocator);
    }

    private static BooleanArray Ask(IArrowArray array, bool invert, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
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
