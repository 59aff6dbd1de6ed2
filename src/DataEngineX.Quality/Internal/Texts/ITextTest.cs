using System.Runtime.Intrinsics;

namespace DataEngineX.Quality;

/// <summary>A test of one text as bytes of UTF-8.</summary>
internal interface ITextTest
{
    /// <summary>The most bytes of a text that is tested as a vector.</summary>
    const int Short = 32;

    bool Holds(ReadOnlySpan<byte> text);

    /// <summary>Tests a text of at most <see cref="Short"/> bytes.</summary>
    /// <param name="bytes">Its bytes, and behind them anything.</param>
    /// <param name="text">The same, without what is behind.</param>
    bool Holds(Vector256<byte> bytes, ReadOnlySpan<byte> text) => Holds(text);
}
