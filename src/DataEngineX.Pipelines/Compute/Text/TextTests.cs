namespace DataEngineX.Compute;

/// <summary>Asks one text about another.</summary>
internal interface ITextTest
{
    static abstract bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted);
}

internal readonly struct ContainsTest : ITextTest
{
    public static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted) => text.IndexOf(wanted) >= 0;
}

internal readonly struct StartsWithTest : ITextTest
{
    public static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted) => text.StartsWith(wanted);
}

internal readonly struct EndsWithTest : ITextTest
{
    public static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted) => text.EndsWith(wanted);
}

internal readonly struct SameTextTest : ITextTest
{
    public static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted) => text.SequenceEqual(wanted);
}
