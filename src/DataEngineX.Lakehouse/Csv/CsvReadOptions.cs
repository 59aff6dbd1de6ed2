using System.Text;
using Apache.Arrow;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>How a CSV file is read.</summary>
public sealed record CsvReadOptions
{
    /// <summary>The columns wanted, found in the header by exact name, then by the snake_case form of the header's name.</summary>
    /// <value>Null: every column of the header, as utf8, under the header's own names.</value>
    public Schema? Schema { get; init; }

    /// <summary>The character between fields: one ASCII character.</summary>
    /// <value>A comma.</value>
    public char Separator { get; init; } = ',';

    /// <summary>The character around fields that hold separators, line ends or quotes; doubled inside. Null: quotes are text like any other.</summary>
    /// <value>A double quote.</value>
    public char? Quote { get; init; } = '"';

    /// <summary>The character that makes a line a comment when it is the line's first; such lines are skipped.</summary>
    /// <value>Null: there are no comments.</value>
    public char? Comment { get; init; }

    /// <summary>How many physical lines at the start of the file are no part of it, such as a title.</summary>
    /// <value>None.</value>
    public int SkipLines { get; init; }

    /// <summary>Whether the first record names the columns. Without a header <see cref="Schema"/> is required and fields stand in its order.</summary>
    /// <value>True.</value>
    public bool HasHeader { get; init; } = true;

    /// <summary>The most rows of one batch.</summary>
    /// <value>65,536.</value>
    public int BatchRows { get; init; } = 65_536;

    /// <summary>Whether <see cref="RowOrigin.FileColumn"/> (utf8) and <see cref="RowOrigin.LineColumn"/> (int64) are appended to each row.</summary>
    /// <value>False.</value>
    public bool OriginColumns { get; init; }

    /// <summary>Whether a nullable column of <see cref="Schema"/> may be missing from the header; it is then null in every row.</summary>
    /// <value>False: a missing column refuses the file.</value>
    public bool AllowMissingNullableColumns { get; init; }

    /// <summary>
    /// Whether a field of the header may be empty, as pandas leaves the one above the numbers of rows; its column is <c>column</c> with its place, from 1:
    /// <c>column1</c>.
    /// </summary>
    /// <value>False: a column without a name refuses the file.</value>
    public bool AllowUnnamedColumns { get; init; }

    /// <summary>Unquoted texts that mean null, besides the empty field.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> NullTexts { get; init; } = [];

    /// <summary>Whether blanks and tabs around unquoted texts are dropped. Around other values they always are.</summary>
    /// <value>False.</value>
    public bool Trim { get; init; }

    /// <summary>The character before the fraction of a number: a point or a comma.</summary>
    /// <value>A point.</value>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>A character that may stand between the digits of a number's whole part.</summary>
    /// <value>Null: none may.</value>
    public char? ThousandsSeparator { get; init; }

    /// <summary>The forms of days, as .NET custom date formats such as <c>dd.MM.yyyy</c>; the first that fits counts.</summary>
    /// <value>None: ISO 8601, also with slashes.</value>
    public IReadOnlyList<string> DateFormats { get; init; } = [];

    /// <summary>The forms of timestamps, as .NET custom formats such as <c>dd.MM.yyyy HH:mm</c>; the first that fits counts.</summary>
    /// <value>None: ISO 8601, with a 'T' or a blank before the time.</value>
    public IReadOnlyList<string> TimestampFormats { get; init; } = [];

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

    /// <summary>The longest record that is accepted, in bytes with its line end.</summary>
    /// <value>16 MiB.</value>
    public int MaxRecordBytes { get; init; } = 16 << 20;

    /// <summary>About how many bytes one thread takes at a time.</summary>
    /// <value>1 MiB.</value>
    public int ChunkBytes { get; init; } = 1 << 20;
}
