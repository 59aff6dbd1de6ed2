using Apache.Arrow;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>How a CSV file is read.</summary>
public sealed record CsvReadOptions
{
    /// <summary>The columns wanted, found in the header by exact name, then by the snake_case form of the header's name.</summary>
    /// <value>Null: every column of the header, as utf8, under the header's own names.</value>
    public Schema? Schema { get; init; }

    /// <summary>The byte between fields.</summary>
    /// <value>A comma.</value>
    public char Separator { get; init; } = ',';

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

    /// <summary>Unquoted texts that mean null, besides the empty field.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> NullTexts { get; init; } = [];

    /// <summary>The longest record, in bytes, that is accepted.</summary>
    /// <value>16 MiB.</value>
    public int MaxRecordBytes { get; init; } = 16 << 20;
}
