using System.Text;
using DataEngineX.Quality.Reports;

namespace DataEngineX.AspNetCore;

/// <summary>Verdicts as a report to be handed on, with those of the pipeline's earlier runs for the trend.</summary>
internal static class QualityReports
{
    private const int MaxHistory = 30;

    /// <summary>The report of a dataset's newest version.</summary>
    public static async ValueTask<IResult> OfAsync(FaceServices face, DatasetEvidence evidence, string? format, HttpContext http, CancellationToken cancellationToken)
    {
        var run = await face.Metadata.GetRunAsync(evidence.RunId, cancellationToken).ConfigureAwait(false);
        return Answer(http, format, new QualityReport(evidence.Dataset.ToString(), evidence.Verdicts)
        {
            Dataset = $"{evidence.Dataset}, version {evidence.Version}",
            RunId = evidence.RunId,
            CheckedAt = evidence.At,
            History = run is null ? [] : await HistoryAsync(face, run, cancellationToken).ConfigureAwait(false),
            Profile = await face.ProfileAsync(evidence.Dataset, cancellationToken).ConfigureAwait(false),
        });
    }

    /// <summary>The report of a run.</summary>
    public static async ValueTask<IResult> OfAsync(FaceServices face, RunRecord run, string? format, HttpContext http, CancellationToken cancellationToken) =>
        Answer(http, format, new QualityReport(run.Pipeline, run.Verdicts)
        {
            Dataset = run.Target is { } target ? $"{target}{(run.Version is { } version ? $", version {version}" : ", nothing published")}" : null,
            RunId = run.Id,
            CheckedAt = run.FinishedAt ?? run.StartedAt,
            History = await HistoryAsync(face, run, cancellationToken).ConfigureAwait(false),
        });

    private static async ValueTask<IReadOnlyList<PastCheck>> HistoryAsync(FaceServices face, RunRecord run, CancellationToken cancellationToken)
    {
        var query = new RunQuery { Pipeline = run.Pipeline, Before = run.Id, Limit = MaxHistory };
        var history = new List<PastCheck>();
        foreach (var earlier in await face.Metadata.ListRunsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (await face.Metadata.GetRunAsync(earlier.Id, cancellationToken).ConfigureAwait(false) is { Verdicts.Count: > 0 } judged)
                history.Add(new PastCheck(judged.FinishedAt ?? judged.StartedAt, judged.Verdicts));
        }

        history.Reverse();
        return history;
    }

    private static IResult Answer(HttpContext http, string? format, QualityReport report)
    {
        var (text, type) = format switch
        {
            null or "html" => (report.ToHtml(), "text/html"),
            "markdown" => (report.ToMarkdown(), "text/markdown"),
            "junit" => (report.ToJUnitXml(), "application/xml"),
            _ => throw ApiException.Invalid("format", $"'{format}' is none of html, markdown and junit."),
        };
        http.Response.Headers.ContentSecurityPolicy = $"{QualityReport.ContentSecurityPolicy}; frame-ancestors 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(text, type, Encoding.UTF8);
    }
}
