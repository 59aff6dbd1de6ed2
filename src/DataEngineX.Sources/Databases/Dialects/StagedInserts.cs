using System.Data.Common;
using System.Globalization;
using System.Text;

namespace DataEngineX.Sources;

/// <summary>Stages rows by prepared inserts of many rows each: the way that every provider knows.</summary>
internal static class StagedInserts
{
    /// <summary>Below what all databases take.</summary>
    private const int MostParameters = 900;

    internal static async ValueTask WriteAsync(DatabaseDialect dialect, StagedBatch staged, CancellationToken cancellationToken)
    {
        var rows = staged.Rows;
        var cells = rows.Schema.FieldsList.Select((f, i) => dialect.CellsOf(rows.Column(i), f.Name)).ToArray();
        var width = cells.Length + 1;
        var most = Math.Clamp(MostParameters / width, 1, Math.Max(rows.Length, 1));
        for (var from = 0; from < rows.Length;)
        {
            var count = Math.Min(most, rows.Length - from);
            var repeats = (rows.Length - from) / count;
            var command = staged.Command(Sql(dialect, staged, count));
            await using var open = command.ConfigureAwait(false);
            AddParameters(command, count * width);
            await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
            for (var repeat = 0; repeat < repeats; repeat++, from += count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Fill(command, staged, cells, from, count);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string Sql(DatabaseDialect dialect, StagedBatch staged, int count)
    {
        var names = staged.Rows.Schema.FieldsList.Select(f => f.Name).Prepend(StagedBatch.RowColumn).Select(dialect.Names.Quote).ToList();
        var sql = new StringBuilder($"INSERT INTO {dialect.Names.Quote(staged.Table)} ({string.Join(", ", names)}) VALUES ");
        for (int row = 0, parameter = 0; row < count; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < names.Count; column++)
                sql.Append(CultureInfo.InvariantCulture, $"{(column == 0 ? "" : ", ")}@p{parameter++}");
            sql.Append(')');
        }

        return sql.ToString();
    }

    private static void AddParameters(DbCommand command, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }

    private static void Fill(DbCommand command, StagedBatch staged, Func<int, object>[] cells, int from, int count)
    {
        for (int row = from, parameter = 0; row < from + count; row++)
        {
            command.Parameters[parameter++].Value = staged.First + row;
            for (var column = 0; column < cells.Length; column++)
                command.Parameters[parameter++].Value = staged.Rows.Column(column).IsNull(row) ? DBNull.Value : cells[column](row);
        }
    }
}
