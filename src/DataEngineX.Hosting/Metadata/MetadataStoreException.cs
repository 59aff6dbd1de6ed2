using Microsoft.Data.Sqlite;

namespace DataEngineX.Hosting.Metadata;

/// <summary>The SQLite file cannot be opened, read or written.</summary>
internal sealed class MetadataStoreException : DataEngineXException
{
    private const int Busy = 5;
    private const int Locked = 6;

    public MetadataStoreException(string message)
        : base(message)
    {
    }

    public MetadataStoreException(string path, SqliteException cause)
        : base($"The metadata store '{path}' cannot be used: {Reason(cause)}.", cause) =>
        IsTransient = cause.SqliteErrorCode is Busy or Locked;

    public override bool IsTransient { get; }

    private static string Reason(SqliteException cause) => cause.SqliteErrorCode switch
    {
        Busy or Locked => "another process holds it locked; try again",
        8 => "it is read-only; give the host's user the right to write it",
        10 => "the disk failed to read or write it",
        11 => "it is damaged; restore it from a copy, or move it away to start with an empty history",
        13 => "the disk is full",
        14 => "it cannot be opened; the folder must exist and be writable for the host's user",
        26 => "it is not a SQLite database; move it away",
        _ => cause.Message.TrimEnd('.'),
    };
}
