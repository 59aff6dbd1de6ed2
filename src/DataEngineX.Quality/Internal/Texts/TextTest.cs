using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>A test of the texts of a column: one by one where few differ, else in a loop of its own. Thread-safe.</summary>
internal abstract class TextTest
{
    /// <summary>A regular expression that matches anywhere in the text: by bytes where the pattern is a plain one and the text is ASCII.</summary>
    public static TextTest Of(Regex regex)
    {
        var decoded = TextRows.OfBytes(text => regex.IsMatch(text));
        if ((regex.Options & ~(RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)) != 0 || AsciiPattern.TryRead(regex.ToString()) is not { } tree)
            return Of(decoded);
        if (ByteSequence.TryMake(tree, decoded) is { } sequence)
            return Of(sequence);
        return AsciiDfa.TryCompile(tree) is { } table ? Of(text => table.IsMatch(text) ?? decoded(text)) : Of(decoded);
    }

    public static TextTest Of(TextRows.ByteTest test) => Of(new Called(test));

    public static TextTest Of<T>(T test)
        where T : struct, ITextTest => new Looped<T>(test);

    public abstract bool Holds(ReadOnlySpan<byte> text);

    /// <summary>Sets the bits of the rows that are checked and fail; what is set for others does not count.</summary>
    public abstract void Run(TextColumn texts, int rows, ReadOnlySpan<ulong> skipped, Span<ulong> fails);

    /// <summary>What holds where this test does not.</summary>
    public TextTest Negated() => new Inverse(this);

    private readonly struct Called(TextRows.ByteTest test) : ITextTest
    {
        public bool Holds(ReadOnlySpan<byte> text) => test(text);
    }

    private sealed class Looped<T>(T test) : TextTest
        where T : struct, ITextTest
    {
        public override bool Holds(ReadOnlySpan<byte> text) => test.Holds(text);

        public override void Run(TextColumn texts, int rows, ReadOnlySpan<ulong> skipped, Span<ulong> fails) => TextLoop.Run(test, texts, rows, skipped, fails);
    }

    private sealed class Inverse(TextTest test) : TextTest
    {
        public override bool Holds(ReadOnlySpan<byte> text) => !test.Holds(text);

        public override void Run(TextColumn texts, int rows, ReadOnlySpan<ulong> skipped, Span<ulong> fails)
        {
            test.Run(texts, rows, skipped, fails);
            for (var w = 0; w < fails.Length; w++)
                fails[w] = ~fails[w];
        }
    }
}
