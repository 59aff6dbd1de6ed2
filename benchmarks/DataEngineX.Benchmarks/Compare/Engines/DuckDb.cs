using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Data;
using DuckDB.NET.Data;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>DuckDB with a database in memory. Texts are plain VARCHAR.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckDb(int threads)
    {
        _connection.Open();
        Execute($"SET threads={threads}");
        Execute("SET preserve_insertion_order=false");
    }

    /// <summary>Loads a generated table into memory.</summary>
    public void Load(string name, DataTable table) => Execute($"CREATE TABLE {name} AS SELECT * FROM read_parquet('{DataFiles.Parquet(table)}')");

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A task whose result becomes a temporary table.</summary>
    public Entry Query(string sql, AnswerShape? shape = null) => new QueryEntry(this, sql, shape ?? AnswerShape.Default);

    public Answer Read(string sql, AnswerShape shape)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        return ReaderAnswer.Read(reader, shape);
    }

    public void Dispose() => _connection.Dispose();

    private sealed class QueryEntry(DuckDb database, string sql, AnswerShape shape) : Entry(DuckDbName)
    {
        public override ValueTask RunAsync()
        {
            database.Execute($"CREATE TEMP TABLE answer AS {sql}");
            return ValueTask.CompletedTask;
        }

        /// <summary>Reading, which is not timed, keeps the order of the table; making it keeps only an order the query asks for.</summary>
        public override Answer ReadAnswer()
        {
            database.Execute("SET preserve_insertion_order=true");
            var answer = database.Read("SELECT * FROM answer", shape);
            database.Execute("SET preserve_insertion_order=false");
            return answer;
        }

        public override void Release() => database.Execute("DROP TABLE answer");
    }
}
