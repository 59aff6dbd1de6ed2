using System.Data.Common;
using Apache.Arrow;

namespace DataEngineX.Sources;

/// <summary>Rows on their way into a temporary table.</summary>
/// <param name="Connection">The connection that the table belongs to; no transaction is open.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Rows">The rows, borrowed; never with dictionaries.</param>
/// <param name="First">The number of the first row, which goes to the column <see cref="RowColumn"/>; the others follow.</param>
/// <param name="Timeout">How long one statement may take.</param>
public sealed record StagedBatch(DbConnection Connection, string Table, RecordBatch Rows, long First, TimeSpan Timeout)
{
    /// <summary>The column of row numbers.</summary>
    public const string RowColumn = "$row";

    /// <summary>A command on the connection.</summary>
    /// <param name="sql">The statement.</param>
    public DbCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = (int)Math.Min(Math.Ceiling(Timeout.TotalSeconds), int.MaxValue);
        return command;
    }
}
