using System.Text;
using Apache.Arrow;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>How a file of JSON lines is read: one object a line, or one that is the file.</summary>
public sealed record JsonReadOptions
{
    /// <summary>
    /// The columns wanted, found among an object's members by exact name, then by the snake_case form of the member's name. Structs are objects,
    /// lists are arrays; days, times and timestamps are ISO 8601 texts, binary is base64, decimals are numbers or texts. A member that is missing is null.
    /// </summary>
    /// <value>Null: found by <see cref="JsonSniffer"/>.</value>
    public Schema? Schema { get; init; }

    /// <summary>Whether a text column takes values that are not texts, as the JSON they are written in.</summary>
    /// <value>False: they are set aside.</value>
    public bool AnyValueAsText { get; init; }

    /// <summary>
    /// Whether NaN, Infinity and -Infinity are floating-point numbers: bare, as Python writes them and JSON does not allow, or as the texts that
    /// <see cref="JsonLinesWriter"/> writes.
    /// </summary>
    /// <value>False: bare they are no JSON, and texts are texts.</value>
    public bool NamedNumbers { get; init; }

    /// <summary>The most rows of one batch.</summary>
    /// <value>65,536.</value>
    public int BatchRows { get; init; } = 65_536;

    /// <summary>Whether <see cref="RowOrigin.FileColumn"/> (utf8) and <see cref="RowOrigin.LineColumn"/> (int64) are appended to each row.</summary>
    /// <value>False.</value>
    public bool OriginColumns { get; init; }

    /// <summary>How deep values may be nested.</summary>
    /// <value>64.</value>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How the file is compressed.</summary>
    /// <value>As the end of its name says.</value>
    public TextCompression Compression { get; init; }

    /// <summary>The encoding of a file without byte-order mark; with one, UTF-16 and UTF-32 are known by it.</summary>
    /// <value>Null: UTF-8.</value>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// Whether the file is read once from end to end before its first row is given, so that no row of a worthless file is. Otherwise a fault found on the
    /// way ends the read, which is for inputs that can be read only once, or not twice at a bearable price.
    /// </summary>
    /// <value>True.</value>
    public bool CheckFirst { get; init; } = true;

    /// <summary>What becomes of a row that does not fit its columns.</summary>
    /// <value>It is set aside.</value>
    public MalformedRows Malformed { get; init; }

    /// <summary>Whether a file is one object, written over as many lines as one likes, rather than one a line. <see cref="MaxLineBytes"/> is the most that it may have.</summary>
    /// <value>False.</value>
    public bool IsDocument { get; init; }

    /// <summary>The longest line that is accepted, in bytes with its end.</summary>
    /// <value>16 MiB.</value>
    public int MaxLineBytes { get; init; } = 16 << 20;

    /// <summary>About how many bytes one thread takes at a time.</summary>
    /// <value>1 MiB.</value>
    public int ChunkBytes { get; init; } = 1 << 20;

    /// <summary>Lines are cut as a file without quotes whose only field is the line: no separator occurs in JSON text.</summary>
    internal CsvReadOptions Lines => new()
    {
        Quote = null,
        Separator = '\u0001',
        HasHeader = false,
        BatchRows = BatchRows,
        CheckFirst = CheckFirst,
        MaxRecordBytes = MaxLineBytes,
        ChunkBytes = ChunkBytes,
    };
}
