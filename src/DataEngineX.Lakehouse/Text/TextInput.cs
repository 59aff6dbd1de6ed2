using System.Text;

namespace DataEngineX.Lakehouse.Text;

/// <summary>
/// The UTF-8 bytes of a file: decompressed and, where a byte-order mark or an option says that it is another encoding, transcoded.
/// The bytes of a plain local file can be read at any place, by several threads at once.
/// </summary>
internal sealed class TextInput : IDisposable
{
    private const int MarkBytes = 4;
    private readonly Stream _raw;
    private readonly TextCompression _compression;
    private readonly Encoding? _asked;
    private readonly long _start;
    private readonly bool _leaveOpen;
    private readonly bool _isOneLine;
    private Stream? _text;

    private TextInput(Stream raw, string name, TextCompression compression, Encoding? encoding, bool leaveOpen, bool isOneLine)
    {
        _raw = raw;
        _leaveOpen = leaveOpen;
        _isOneLine = isOneLine;
        Name = name;
        _compression = TextCompressions.Of(compression, name);
        _asked = encoding is null or UTF8Encoding ? null : Strict(encoding);
        _start = raw.CanSeek ? raw.Position : 0;
    }

    /// <summary>The name under which errors know the file.</summary>
    internal string Name { get; }

    /// <summary>Whether it can be read a second time.</summary>
    internal bool CanRewind => _raw.CanSeek;

    /// <summary>Whether <see cref="ReadAt"/> can be used: the bytes on disk are the text. Known once the first bytes were read.</summary>
    internal bool HasPlaces { get; private set; }

    /// <summary>Opens a file; the stream is disposed with the input unless it is to stay open. Of one line, all its line ends are blanks.</summary>
    internal static TextInput Open(Stream stream, string name, TextCompression compression, Encoding? encoding, bool leaveOpen = false, bool isOneLine = false) =>
        new(stream, name, compression, encoding, leaveOpen, isOneLine);

    /// <summary>Reads on; 0 at the end. Broken compression and bytes that are not in the encoding refuse the file.</summary>
    internal async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            _text ??= await OpenTextAsync(cancellationToken).ConfigureAwait(false);
            var read = await _text.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (_isOneLine)
            {
                buffer.Span[..read].Replace((byte)'\n', (byte)' ');
                buffer.Span[..read].Replace((byte)'\r', (byte)' ');
            }

            return read;
        }
        catch (Exception e) when (e is InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
        {
            throw new SourceRefusedException(Name, $"its {NameOf(_compression)} compression is broken or cut off ({e.Message})");
        }
        catch (DecoderFallbackException e)
        {
            throw new SourceRefusedException(Name, $"it holds bytes that are not text in its encoding ({e.Message})");
        }
    }

    /// <summary>Reads the bytes at a place; fewer than asked only at the end.</summary>
    internal int ReadAt(Span<byte> buffer, long offset)
    {
        var handle = ((FileStream)_raw).SafeFileHandle;
        var done = 0;
        while (done < buffer.Length)
        {
            var read = RandomAccess.Read(handle, buffer[done..], _start + offset + done);
            if (read == 0)
                break;
            done += read;
        }

        return done;
    }

    /// <summary>Goes back to the first byte.</summary>
    internal void Rewind()
    {
        CloseText();
        _raw.Position = _start;
    }

    public void Dispose()
    {
        CloseText();
        if (!_leaveOpen)
            _raw.Dispose();
    }

    private static string NameOf(TextCompression compression) => compression switch
    {
        TextCompression.Gzip => "gzip",
        TextCompression.Zstandard => "zstd",
        TextCompression.Brotli => "brotli",
        _ => "deflate",
    };

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static Encoding? OfMark(ReadOnlySpan<byte> first)
    {
        if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return Strict(Encoding.UTF32);
        if (first.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true);
        if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Strict(Encoding.Unicode);
        return first.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Strict(Encoding.BigEndianUnicode) : null;
    }

    private async ValueTask<Stream> OpenTextAsync(CancellationToken cancellationToken)
    {
        var bytes = _compression == TextCompression.None ? _raw : TextCompressions.Decompress(_raw, _compression);
        var first = new byte[MarkBytes];
        var count = await bytes.ReadAtLeastAsync(first, MarkBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var encoding = OfMark(first.AsSpan(0, count)) ?? _asked;
        HasPlaces = !_isOneLine && encoding is null && _raw is FileStream && _compression == TextCompression.None && _raw.CanSeek;
        var whole = new PrefixedStream(first.AsMemory(0, count), bytes, leaveOpen: bytes == _raw);
        return encoding is null ? whole : Encoding.CreateTranscodingStream(whole, encoding, Encoding.UTF8);
    }

    private void CloseText()
    {
        _text?.Dispose();
        _text = null;
    }
}
