using System.Globalization;
using DataEngineX.Benchmarks.Compare.Answers;
using DataEngineX.Benchmarks.Compare.Engines;
using DataEngineX.Benchmarks.Data;
using DataEngineX.Lakehouse.Csv;
using DataEngineX.Lakehouse.Sources;
using DataEngineX.Pipelines;
using DataEngineX.Plans;
using Sylvan.Data.Csv;
using static DataEngineX.Expressions.Columns;

namespace DataEngineX.Benchmarks.Compare.Suites;

/// <summary>Least, mean and greatest temperature of each station, in order of names, from a text file in the page cache.</summary>
internal sealed class BillionRowsSuite(CompareOptions options) : CompareSuite("1brc", options)
{
    private static readonly AnswerShape Shape = new(OrderedBy: [0]);
    private readonly DuckDb _duckDb = new(options.Threads);
    private readonly OwnEngine _own = new(options.Threads);

    public override IEnumerable<CompareTask> Tasks()
    {
        foreach (var stations in new[] { Stations.Few(), Stations.Many() }.Where(s => Wants(s.Name)))
        {
            var table = new BillionRowsTable(Options.Rows, stations);
            var file = DataFiles.BillionRows(table);
            var sql = $"SELECT station, min(temp), avg(temp), max(temp) FROM {DataFiles.CsvScan(table, file, ';', hasHeader: false)} GROUP BY station ORDER BY station";
            var flow = Flow.From(new CsvFileSource(file, BillionRowsTable.Columns, new CsvReadOptions { Separator = ';', HasHeader = false }))
                .GroupBy(Col("station").As("station"))
                .Aggregate(Aggregate.Min(Col("temp")), Aggregate.Mean(Col("temp")), Aggregate.Max(Col("temp")))
                .OrderBy(new OrderKey("station"));
            yield return new CompareTask(
                stations.Name, "stations", table.Rows, [_duckDb.Query(sql, Shape), _own.Query(flow, Shape), .. Peers(file)]);
        }
    }

    public override void Dispose() => _duckDb.Dispose();

    private IEnumerable<Entry> Peers(string file)
    {
        if (Options.Wants("sylvan"))
            yield return new PeerEntry<SortedDictionary<string, Summary>>("sylvan", () => Sylvan(file), Digest);
        if (Options.Wants(GroupByPeers.Linq))
            yield return new PeerEntry<SortedDictionary<string, Summary>>(GroupByPeers.Linq, () => Linq(file), Digest);
    }

    private static SortedDictionary<string, Summary> Sylvan(string file)
    {
        var groups = new Dictionary<string, Summary>(StringComparer.Ordinal);
        var lookup = groups.GetAlternateLookup<ReadOnlySpan<char>>();
        using var reader = CsvDataReader.Create(file, new CsvDataReaderOptions { HasHeaders = false, Delimiter = ';', BufferSize = 1 << 16 });
        while (reader.Read())
        {
            var name = reader.GetFieldSpan(0);
            if (!lookup.TryGetValue(name, out var group))
                lookup[name] = group = new Summary();
            group.Add(reader.GetDouble(1));
        }

        return Sorted(groups);
    }

    private static SortedDictionary<string, Summary> Linq(string file) => Sorted(File.ReadLines(file)
        .Select(l => l.Split(';'))
        .AggregateBy(f => f[0], _ => new Summary(), (s, f) => s.Add(double.Parse(f[1], CultureInfo.InvariantCulture)), StringComparer.Ordinal));

    private static SortedDictionary<string, Summary> Sorted(IEnumerable<KeyValuePair<string, Summary>> groups) =>
        new(groups.ToDictionary(), Comparer<string>.Create((a, b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b))));

    private static Answer Digest(SortedDictionary<string, Summary> groups)
    {
        var answer = new AnswerBuilder(4, Shape);
        foreach (var (name, group) in groups)
        {
            answer.AddText(0, System.Text.Encoding.UTF8.GetBytes(name));
            answer.AddDouble(1, group.Min);
            answer.AddDouble(2, group.Sum / group.Count);
            answer.AddDouble(3, group.Max);
            answer.EndRow();
        }

        return answer.Build();
    }

    private sealed class Summary
    {
        public double Min { get; private set; } = double.MaxValue;

        public double Max { get; private set; } = double.MinValue;

        public double Sum { get; private set; }

        public long Count { get; private set; }

        public Summary Add(double value)
        {
            Min = Math.Min(Min, value);
            Max = Math.Max(Max, value);
            Sum += value;
            Count++;
            return this;
        }
    }
}
