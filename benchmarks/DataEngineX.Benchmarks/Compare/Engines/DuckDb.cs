using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Data;
using DuckDB.NET.Data;

namespace DataEngineX.Benchmarks.Compare.Engines;

/// <summary>DuckDB with a database in memory. Texts are plain VARCHAR.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly int _threads;

    public DuckDb(int threads)
    {
        _threads = threads;
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
    /// <param name="sql">The query.</param>
    /// <param name="shape">How answers are compared.</param>
    /// <param name="answer">What of the table <c>answer</c> is compared.</param>
    public Entry Query(string sql, AnswerShape? shape = null, string answer = "SELECT * FROM answer") =>
        new QueryEntry(this, sql, shape ?? AnswerShape.Default, answer, _threads);

    /// <summary>A task whose result becomes a file; <paramref name="options"/> are those of COPY.</summary>
    public Entry Copy(string table, string options, Func<string, string> scan, AnswerShape shape) => new CopyEntry(this, table, options, scan, shape, _threads);

    /// <summary>Reads what a task made in the order in which it stands; making it kept only an order the query asks for.</summary>
    public Answer ReadInOrder(string sql, AnswerShape shape)
    {
        Execute("SET preserve_insertion_order=true");
        var answer = Read(sql, shape);
        Execute("SET preserve_insertion_order=false");
        return answer;
    }

    public Answer Read(string sql, AnswerShape shape)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        return ReaderAnswer.Read(reader, shape);
    }

    public void Dispose() => _connection.Dispose();

    private sealed class QueryEntry(DuckDb database, string sql, AnswerShape shape, string answer, int threads) : Entry(DuckDbName, threads)
    {
        public override Entry WithThreads(int other) => new QueryEntry(database, sql, shape, answer, other);

        public override void Prepare() => database.Execute($"SET threads={Threads}");

        public override ValueTask RunAsync()
        {
            database.Execute($"CREATE TEMP TABLE answer AS {sql}");
            return ValueTask.CompletedTask;
        }

        public override Answer ReadAnswer() => database.ReadInOrder(answer, shape);

        public override void Release() => database.Execute("DROP TABLE IF EXISTS answer");
    }

    private sealed class CopyEntry(DuckDb database, string table, string options, Func<string, string> scan, AnswerShape shape, int threads)
        : Entry(DuckDbName, threads)
    {
        private readonly string _target = DataFiles.Output($"copy-{threads}");

        public override Entry WithThreads(int other) => new CopyEntry(database, table, options, scan, shape, other);

        public override void Prepare() => database.Execute($"SET threads={Threads}");

        public override ValueTask RunAsync()
        {
            database.Execute($"COPY {table} TO '{_target}' ({options})");
            return ValueTask.CompletedTask;
        }

        public override Answer ReadAnswer() => database.ReadInOrder($"SELECT * FROM {scan(_target)}", shape);

        public override void Release() => File.Delete(_target);
    }
}
