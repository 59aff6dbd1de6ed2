using DataEngineX.Benchmarks.Compare.Measuring;
using DataEngineX.Benchmarks.Compare.Reports;
using DataEngineX.Benchmarks.Compare.Suites;

namespace DataEngineX.Benchmarks.Compare;

/// <summary>Measures this engine beside others on the same data in the same call.</summary>
internal static class CompareCommand
{
    private static readonly Dictionary<string, Func<CompareOptions, CompareSuite>> Suites = new(StringComparer.OrdinalIgnoreCase)
    {
        ["groupby"] = o => new GroupBySuite(o),
        ["join"] = o => new JoinSuite(o),
        ["1brc"] = o => new BillionRowsSuite(o),
        ["csv"] = o => new CsvSuite(o),
        ["jsonl"] = o => new JsonLinesSuite(o),
        ["parquet"] = o => new ParquetSuite(o),
        ["sort"] = o => new SortSuite(o),
        ["window"] = o => new WindowSuite(o),
        ["spill"] = o => new SpillSuite(o),
        ["delta"] = o => new DeltaSuite(o),
        ["profile"] = o => new ProfileSuite(o),
        ["quality"] = o => new QualitySuite(o),
    };

    /// <returns>0; 1 when answers differ or an engine failed; 2 when the arguments are wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        CompareOptions options;
        try
        {
            options = CompareOptions.Parse(arguments);
            if (options.Suite != "all" && !Suites.ContainsKey(options.Suite))
                throw new ArgumentException($"There is no suite '{options.Suite}'. Suites: {string.Join(", ", Suites.Keys)}, all.");
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{CompareOptions.Usage}");
            return 2;
        }

        var results = new List<SuiteResult>();
        foreach (var name in options.Suite == "all" ? [.. Suites.Keys] : (string[])[options.Suite])
        {
            results.Add(await MeasureAsync(Suites[name], options));
            GC.Collect();
        }

        if (options.JsonFile is { } file)
            await JsonReport.WriteAsync(file, results);
        return results.TrueForAll(r => r.Succeeded) ? 0 : 1;
    }

    private static async Task<SuiteResult> MeasureAsync(Func<CompareOptions, CompareSuite> create, CompareOptions options)
    {
        using var suite = create(options);
        TextReport.Begin(suite.Name, options);
        var tasks = new List<TaskResult>();
        foreach (var task in suite.Tasks())
        {
            var result = await TaskRunner.RunAsync(task, options);
            TextReport.Show(result);
            tasks.Add(result);
        }

        var suiteResult = new SuiteResult(suite.Name, options, tasks);
        TextReport.End(suiteResult);
        return suiteResult;
    }
}
