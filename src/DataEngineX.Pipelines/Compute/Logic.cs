using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Compute;

/// <summary>Three-valued (Kleene) logic on boolean columns: null is "unknown".</summary>
[Experimental("DEX0001")]
public static class Logic
{
    /// <summary>Conjunction: false where either side is false, null where that is unknown.</summary>
    /// <param name="left">The left side, borrowed.</param>
    /// <param name="right">The right side, borrowed, of the same length.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static BooleanArray And(BooleanArray left, BooleanArray right, MemoryAllocator allocator) =>
        Kleene(nameof(And), left, right, allocator);

    /// <summary>Disjunction: true where either side is true, null where that is unknown.</summary>
    /// <param name="left">The left side, borrowed.</param>
    /// <param name="right">The right side, borrowed, of the same length.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static BooleanArray Or(BooleanArray left, BooleanArray right, MemoryAllocator allocator) =>
        Kleene(nameof(Or), left, right, allocator);

    /// <summary>Negation: null stays null.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    public static BooleanArray Not(BooleanArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(array.Data), allocator);
        using var values = new OutputBuffer<ulong>(allocator, Bits.WordsFor(array.Length));
        Bits source = Bits.Values(array.Data);
        Bits ones = Bits.Ones(array.Length);
        Span<ulong> words = values.Span;
        for (int w = 0; w < words.Length; w++)
        {
            words[w] = ~source.Word(w) & ones.Word(w);
        }

        return Assemble.Boolean(array.Length, validity, values);
    }

    /// <summary>A comparison in which null equals null: what is compared where both sides are there, else whether one of them is not.</summary>
    internal static BooleanArray Distinct(BooleanArray compared, BooleanArray leftNull, BooleanArray rightNull, bool negated, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<ulong>(allocator, Bits.WordsFor(compared.Length));
        Bits both = Bits.Values(compared.Data);
        Bits left = Bits.Values(leftNull.Data);
        Bits right = Bits.Values(rightNull.Data);
        Bits ones = Bits.Ones(compared.Length);
        Span<ulong> words = values.Span;
        for (int w = 0; w < words.Length; w++)
        {
            ulong differs = left.Word(w) ^ right.Word(w);
            ulong missing = left.Word(w) | right.Word(w);
            words[w] = ((both.Word(w) & ~missing) | (missing & (negated ? ~differs : differs))) & ones.Word(w);
        }

        return Assemble.Boolean(compared.Length, null, values);
    }

    private static BooleanArray Kleene(string kernel, BooleanArray left, BooleanArray right, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(allocator);
        Guard.SameLength(kernel, left.Length, right.Length);
        bool and = kernel == nameof(And);
        Bits leftValues = Bits.Values(left.Data);
        Bits leftValid = Bits.Validity(left.Data);
        Bits rightValues = Bits.Values(right.Data);
        Bits rightValid = Bits.Validity(right.Data);
        using var values = new OutputBuffer<ulong>(allocator, leftValues.Words);
        using var validity = new OutputBuffer<ulong>(allocator, leftValues.Words);
        Span<ulong> value = values.Span;
        Span<ulong> valid = validity.Span;
        for (int w = 0; w < value.Length; w++)
        {
            ulong leftTrue = leftValid.Word(w) & leftValues.Word(w);
            ulong leftFalse = leftValid.Word(w) & ~leftValues.Word(w);
            ulong rightTrue = rightValid.Word(w) & rightValues.Word(w);
            ulong rightFalse = rightValid.Word(w) & ~rightValues.Word(w);
            ulong isTrue = and ? leftTrue & rightTrue : leftTrue | rightTrue;
            ulong isFalse = and ? leftFalse | rightFalse : leftFalse & rightFalse;
            value[w] = isTrue;
            valid[w] = isTrue | isFalse;
        }

        return Assemble.Boolean(left.Length, validity, values);
    }
}
