using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Sources;

/// <summary>The table of a raw dataset: a row for each distinct content received.</summary>
public static class RawManifest
{
    /// <summary>The column with the key of the object that holds the content: text.</summary>
    public const string Path = "path";

    /// <summary>The column with the name under which the content was first received: text.</summary>
    public const string Source = "source";

    /// <summary>The column with the SHA-256 of the content in lower-case hexadecimal: text.</summary>
    public const string Digest = "digest";

    /// <summary>The column with the length in bytes: a 64-bit integer.</summary>
    public const string Size = "size";

    /// <summary>The column with the file's time: a timestamp in UTC.</summary>
    public const string Time = "time";

    /// <summary>The columns in order, none null.</summary>
    public static Schema Schema { get; } = new(
        [
            new Field(Path, StringType.Default, nullable: false),
            new Field(Source, StringType.Default, nullable: false),
            new Field(Digest, StringType.Default, nullable: false),
            new Field(Size, Int64Type.Default, nullable: false),
            new Field(Time, ArrowTypes.TimestampUtc, nullable: false),
        ],
        null);
}
