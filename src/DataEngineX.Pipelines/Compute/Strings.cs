using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Functions on utf8 columns; null stays null. Characters are Unicode code points, comparisons ordinal, casing invariant.</summary>
[Experimental("DEX0001")]
public static class Strings
{
    /// <summary>Lower case by the invariant culture.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One text a row, owned by the caller.</returns>
    public static StringArray Lower(StringArray array, MemoryAllocator allocator) => Map(array, new CaseOp(upper: false), allocator);

    /// <summary>Upper case by the invariant culture.</summary>
    /// <inheritdoc cref="Lower"/>
    public static StringArray Upper(StringArray array, MemoryAllocator allocator) => Map(array, new CaseOp(upper: true), allocator);

    /// <summary>Without white space at both ends.</summary>
    /// <inheritdoc cref="Lower"/>
    public static StringArray Trim(StringArray array, MemoryAllocator allocator) => Map(array, default(TrimOp), allocator);

    /// <summary>A part of every text; positions beyond its end give what there is, so the result may be shorter or empty.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="start">The first code point, from 0.</param>
    /// <param name="length">How many code points; all that follow if null.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One text a row, owned by the caller.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A position is negative.</exception>
    public static StringArray Substring(StringArray array, int start, int? length, MemoryAllocator allocator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0, nameof(length));
        return Map(array, new SubstringOp(start, length ?? int.MaxValue), allocator);
    }

    /// <summary>With every occurrence of one text replaced by another, from left to right.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="oldValue">What is replaced; not empty.</param>
    /// <param name="newValue">What it is replaced by; may be empty.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One text a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException"><paramref name="oldValue"/> is empty.</exception>
    public static StringArray Replace(StringArray array, string oldValue, string newValue, MemoryAllocator allocator)
    {
        ArgumentException.ThrowIfNullOrEmpty(oldValue);
        ArgumentNullException.ThrowIfNull(newValue);
        return Map(array, new ReplaceOp(Encoding.UTF8.GetBytes(oldValue), Encoding.UTF8.GetBytes(newValue)), allocator);
    }

    /// <summary>The texts of several columns one after another; null where any is null.</summary>
    /// <param name="arrays">At least one column, all borrowed and of one length.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One text a row, owned by the caller.</returns>
    /// <exception cref="ArgumentException">There is no column, or lengths differ.</exception>
    public static StringArray Concat(IReadOnlyList<StringArray> arrays, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(allocator);
        if (arrays.Count == 0)
        {
            throw new ArgumentException("Concat needs at least one column.", nameof(arrays));
        }

        StringArray result = (StringArray)Assemble.Share(arrays[0]);
        try
        {
            for (int i = 1; i < arrays.Count; i++)
            {
                StringArray next = Join(result, arrays[i], allocator);
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

    /// <summary>The number of code points of every text, as int32.</summary>
    /// <inheritdoc cref="Lower"/>
    public static Int32Array Length(StringArray array, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        var source = new BytesColumn(array.Data);
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        using var values = new OutputBuffer<int>(allocator, array.Length);
        Span<int> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = CodePoints.Count(source[i]);
        }

        return (Int32Array)Assemble.Fixed(Int32Type.Default, array.Length, validity, values);
    }

    /// <summary>Whether a text occurs anywhere in each row.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="needle">The text looked for; an empty one occurs everywhere.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    public static BooleanArray Contains(StringArray array, string needle, MemoryAllocator allocator) =>
        Test<ContainsTest>(array, needle, allocator);

    /// <summary>Whether each row begins with a text.</summary>
    /// <inheritdoc cref="Contains"/>
    public static BooleanArray StartsWith(StringArray array, string needle, MemoryAllocator allocator) =>
        Test<StartsWithTest>(array, needle, allocator);

    /// <summary>Whether each row ends with a text.</summary>
    /// <inheritdoc cref="Contains"/>
    public static BooleanArray EndsWith(StringArray array, string needle, MemoryAllocator allocator) =>
        Test<EndsWithTest>(array, needle, allocator);

    /// <summary>Whether a regular expression matches anywhere in each row.</summary>
    /// <param name="array">The column, borrowed.</param>
    /// <param name="regex">The expression; anchor it to match whole texts.</param>
    /// <param name="allocator">Where the output is allocated.</param>
    /// <returns>One boolean a row, owned by the caller.</returns>
    /// <exception cref="RegexMatchTimeoutException">The expression took longer than it allows itself.</exception>
    public static BooleanArray MatchesRegex(StringArray array, Regex regex, MemoryAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(regex);
        ArgumentNullException.ThrowIfNull(allocator);
        var source = new BytesColumn(array.Data);
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(array.Length, allocator);
        Span<ulong> words = values.Span;
        int longest = 0;
        for (int i = 0; i < array.Length; i++)
        {
            longest = Math.Max(longest, source[i].Length);
        }

        using var rented = new Rented<char>(longest);
        Span<char> text = rented.Span;
        for (int i = 0; i < array.Length; i++)
        {
            if (source.Validity[i])
            {
                int length = Encoding.UTF8.GetChars(source[i], text);
                words[i >> 6] |= (regex.IsMatch(text[..length]) ? 1UL : 0) << (i & 63);
            }
        }

        return Assemble.Boolean(array.Length, validity, values);
    }

    private static BooleanArray Test<TTest>(StringArray array, string needle, MemoryAllocator allocator)
        where TTest : struct, ITextTest
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(needle);
        ArgumentNullException.ThrowIfNull(allocator);
        ReadOnlySpan<byte> wanted = Encoding.UTF8.GetBytes(needle);
        var source = new BytesColumn(array.Data);
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        using OutputBuffer<ulong> values = Validity.Empty(array.Length, allocator);
        Span<ulong> words = values.Span;
        for (int i = 0; i < array.Length; i++)
        {
            words[i >> 6] |= (TTest.Holds(source[i], wanted) ? 1UL : 0) << (i & 63);
        }

        return Assemble.Boolean(array.Length, validity, values);
    }

    private static StringArray Map<TOp>(StringArray array, TOp op, MemoryAllocator allocator)
        where TOp : struct, ITextOp, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(allocator);
        var source = new BytesColumn(array.Data);
        using OutputBuffer<ulong>? validity = Validity.Copy(source.Validity, allocator);
        var writer = new BytesWriter(array.Length, source.Offsets[^1] - source.Offsets[0], allocator);
        try
        {
            for (int i = 0; i < array.Length; i++)
            {
                if (source.Validity[i])
                {
                    op.Write(source[i], ref writer);
                }

                writer.EndRow();
            }

            return (StringArray)writer.Build(array.Data.DataType, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static StringArray Join(StringArray left, StringArray right, MemoryAllocator allocator)
    {
        Guard.SameLength(nameof(Concat), left.Length, right.Length);
        var first = new BytesColumn(left.Data);
        var second = new BytesColumn(right.Data);
        using OutputBuffer<ulong>? validity = Validity.And(first.Validity, second.Validity, allocator);
        var writer = new BytesWriter(left.Length, 0, allocator);
        try
        {
            for (int i = 0; i < left.Length; i++)
            {
                if (first.Validity[i] && second.Validity[i])
                {
                    writer.Write(first[i]);
                    writer.Write(second[i]);
                }

                writer.EndRow();
            }

            return (StringArray)writer.Build(left.Data.DataType, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
