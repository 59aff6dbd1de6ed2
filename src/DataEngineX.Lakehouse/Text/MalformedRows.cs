namespace DataEngineX.Lakehouse.Text;

/// <summary>What becomes of a row that does not fit its columns.</summary>
public enum MalformedRows
{
    /// <summary>It is set aside with file, line, column, value and reason, and can be replayed; the others go on.</summary>
    Quarantine,

    /// <summary>The read ends with an error that names them, and nothing is published.</summary>
    Stop,
}
