using System.Buffers;

namespace DataEngineX.Lakehouse.Text;

/// <summary>A run of whole records of a file, in a rented buffer with room behind it that vectors may read.</summary>
internal struct TextChunk : IDisposable
{
    /// <summary>How many bytes behind the text may be read.</summary>
    internal const int Padding = 64;

    /// <summary>The buffer, null when nothing is held.</summary>
    internal byte[]? Buffer;

    /// <summary>The bytes of text.</summary>
    internal int Length;

    /// <summary>The 1-based physical line on which the text starts.</summary>
    internal long FirstLine;

    /// <summary>Whether the text starts where the file's records do: with the header, when there is one.</summary>
    internal bool IsFirst;

    internal readonly ReadOnlySpan<byte> Text => Buffer.AsSpan(0, Length);

    /// <summary>Rents room for so many bytes of text.</summary>
    internal static byte[] Rent(int bytes) => ArrayPool<byte>.Shared.Rent(checked(bytes + Padding));

    public void Dispose()
    {
        if (Buffer is not null)
            ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = null;
    }
}
