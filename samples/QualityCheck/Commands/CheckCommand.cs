using System.Text;
using DataEngineX.Quality;
using DataEngineX.Quality.Reports;
using QualityCheck.Data;
using QualityCheck.Output;
using QualityCheck.Suites;

namespace QualityCheck.Commands;

/// <summary>Checks data against a suite.</summary>
internal static class CheckCommand
{
    private static readonly string[] Options = ["--suite", "--data", "--format", "--output", "--key", "--mask"];
    private static readonly string[] Formats = ["table", "json", "gx", "html", "junit", "markdown"];

    public static async Task<int> RunAsync(string[] args, Stream output, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Read("check", args, Options, []);
        var format = arguments.OneOf("--format", Formats);
        var path = arguments.Get("--data");
        var suite = await SuiteFile.ReadAsync(arguments.Get("--suite"), cancellationToken);

        // The form of Great Expectations names every row and value; people and build servers are helped by the first ones.
        var options = format == "gx" ? GreatExpectationsSuites.CheckOptions : new CheckOptions { UnfitRules = UnfitRules.Report };
        if (arguments.Find("--key") is not null)
            options = options with { KeyColumns = arguments.List("--key") };
        var result = await CheckAsync(suite, path, options, cancellationToken);
        await ResultFile.WriteAsync(arguments.Find("--output"), output, Write(format, result, path, arguments), cancellationToken);
        return result.Success ? ExitCodes.Passed : ExitCodes.Failed;
    }

    /// <summary>Checks the data; where a value does not fit the type that the first part of a file promised, again with a wider one.</summary>
    private static async Task<SuiteResult> CheckAsync(Suite suite, string path, CheckOptions options, CancellationToken cancellationToken)
    {
        var hints = ColumnUse.Of(suite);
        while (true)
        {
            await using var data = await DataOpener.OpenAsync(path, hints, cancellationToken);
            try
            {
                return await suite.CheckAsync(data.ReadAsync(cancellationToken), data.Schema, options, cancellationToken);
            }
            catch (MisfitException misfit) when (misfit.Column is { } column && hints.Widen(column))
            {
            }
        }
    }

    private static ReadOnlyMemory<byte> Write(string format, SuiteResult result, string path, Arguments arguments)
    {
        var report = new QualityReport(result.Suite.Name ?? Path.GetFileName(path), result) { Dataset = path, CheckedAt = TimeProvider.System.GetUtcNow() };
        var options = new ReportOptions { MaskedColumns = arguments.List("--mask") };
        return format switch
        {
            "json" => JsonOutput.Write(result, path),
            "gx" => Encoding.UTF8.GetBytes(GreatExpectationsResults.Write(result) + "\n"),
            "html" => Encoding.UTF8.GetBytes(report.ToHtml(options)),
            "junit" => Encoding.UTF8.GetBytes(report.ToJUnitXml(options)),
            "markdown" => Encoding.UTF8.GetBytes(report.ToMarkdown(options)),
            _ => Encoding.UTF8.GetBytes(TableOutput.Write(result, path)),
        };
    }
}
