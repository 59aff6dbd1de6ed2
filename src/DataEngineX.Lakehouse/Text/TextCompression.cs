namespace DataEngineX.Lakehouse.Text;

/// <summary>How the bytes of a text file are compressed.</summary>
public enum TextCompression
{
    /// <summary>By the end of the file's name: .gz, .zst, .br and .deflate or .zz are compressed, everything else is not.</summary>
    ByName,

    /// <summary>Not compressed, whatever the name.</summary>
    None,

    /// <summary>gzip (RFC 1952), also several members one after the other.</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878).</summary>
    Zstandard,

    /// <summary>Brotli (RFC 7932).</summary>
    Brotli,

    /// <summary>zlib (RFC 1950), which is what HTTP calls deflate.</summary>
    Deflate,
}
