using System.Text;
using DataEngineX;
using DataEngineX.Quality;
using DataEngineX.Quality.Reports;
using QualityCheck.Data;
using QualityCheck.Output;
using QualityCheck.Suites;

namespace QualityCheck.Commands;

/// <summary>Checks data against a suite.</summary>
internal static class CheckCommand
{
    private static readonly string[] Options = ["--suite", "--data", "--format", "--output", "--key", "--mask", "--reference", "--fail-on"];
    private static readonly string[] Formats = ["table", "json", "gx", "html", "junit", "markdown"];

    public static async Task<int> RunAsync(string[] args, Stream output, Stream error, CancellationToken cancellationToken)
    {
        var arguments = Arguments.Read("check", args, Options, ["--header", "--no-header"]);
        var format = arguments.OneOf("--format", Formats);
        var path = arguments.Get("--data");
        var failOn = Enum.Parse<Severity>(arguments.OneOf("--fail-on", "info", "warning", "error", "critical"), ignoreCase: true);
        var suite = await SuiteFile.ReadAsync(arguments.Get("--suite"), cancellationToken);

        // The form of Great Expectations names every row and value; people and build servers are helped by the first ones.
        var options = format == "gx" ? GreatExpectationsSuites.CheckOptions : new CheckOptions { UnfitRules = UnfitRules.Report };
        if (arguments.Find("--key") is not null)
            options = options with { KeyColumns = arguments.List("--key") };
        var references = References(arguments);
        var result = await CheckAsync(suite, path, references, options, arguments, new Notes(error), cancellationToken);
        await ResultFile.WriteAsync(arguments.Find("--output"), output, Write(format, result.Mask(arguments.List("--mask")), path, arguments), cancellationToken);
        return result.Verdicts.Any(v => v.Severity >= failOn && !result.Passes(v)) ? ExitCodes.Failed : ExitCodes.Passed;
    }

    /// <summary>The other files and tables that rules hold the data against, by name.</summary>
    private static Dictionary<string, string> References(Arguments arguments)
    {
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in arguments.List("--reference"))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == text.Length - 1)
                throw new UsageException($"--reference takes NAME=FILE, not '{text}'");
            if (!references.TryAdd(text[..equals], text[(equals + 1)..]))
                throw new UsageException($"--reference names '{text[..equals]}' twice");
        }

        return references;
    }

    /// <summary>Checks the data; where a value does not fit the type that the first part of a file promised, again with a wider one.</summary>
    private static async Task<SuiteResult> CheckAsync(
        Suite suite, string path, Dictionary<string, string> references, CheckOptions options, Arguments arguments, Notes notes, CancellationToken cancellationToken)
    {
        var hints = ColumnUse.Of(suite);
        var hasHeader = arguments.Either("--header", "--no-header");
        await using var others = new ReferenceFiles(suite, hints, references);
        while (true)
        {
            await using var data = await DataOpener.OpenAsync(path, hints, hasHeader, cancellationToken);
            await notes.TellAsync(data, cancellationToken);
            Demand(arguments, data, path);
            try
            {
                var opened = options with { KeyColumns = data.Schema.FieldsList.Count == 0 ? null : options.KeyColumns, References = await others.OpenAsync(data.Schema, cancellationToken) };
                return await suite.CheckAsync(data.ReadAsync(cancellationToken), data.Schema, opened, cancellationToken);
            }
            catch (MisfitException misfit) when (misfit.Column is { } column && (others.Owns(misfit) ? others.Widen(misfit) : hints.Widen(column)))
            {
            }
        }
    }

    /// <summary>A column that is misspelt would identify no row, and its values would be shown. Where nothing stands in the data there are none.</summary>
    private static void Demand(Arguments arguments, IData data, string path)
    {
        var known = data.Schema.FieldsList.Select(f => f.Name).ToList();
        foreach (var option in (string[])["--key", "--mask"])
        {
            if (known.Count > 0 && arguments.List(option).Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
                throw new UsageException($"{option} names '{unknown}', which is no column of '{path}'; there are {string.Join(", ", known)}");
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
