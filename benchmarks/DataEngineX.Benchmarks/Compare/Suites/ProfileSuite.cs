using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>
/// All metrics of ten columns of a Parquet file, beside DuckDB's <c>SUMMARIZE</c>, which has fewer: type, least, greatest, distinct, mean,
/// deviation, three quantiles, count and nulls.
/// </summary>
internal sealed class ProfileSuite(CompareOptions options) : CompareSuite("profile", options)
{
    private readonly DuckDb _duckDb = new(options.Threads);

    public override IEnumerable<CompareTask> Tasks()
    {
        var table = new ReadingsTable(Options.Rows);
        var file = DataFiles.Parquet(table);
        // What both tell exactly: least and greatest of texts and whole numbers, and means.
        const string Exact =
            """
            SELECT column_name, CASE WHEN column_type IN ('INTEGER', 'VARCHAR') THEN min END, CASE WHEN column_type IN ('INTEGER', 'VARCHAR') THEN max END,
              CASE WHEN column_type IN ('INTEGER', 'DOUBLE') THEN avg::DOUBLE END FROM answer
            """;
        if (Wants("summary"))
        {
            yield return new CompareTask(
                "summary",
                "profile of all columns; SUMMARIZE",
                table.Rows,
                [
                    _duckDb.Query($"SELECT * FROM (SUMMARIZE SELECT * FROM read_parquet('{file}'))", answer: Exact),
                    new ProfileEntry(Flow.From(new ParquetFileSource(file)), Options.Threads),
                ]);
        }
    }

    public override void Dispose() => _duckDb.Dispose();
}
