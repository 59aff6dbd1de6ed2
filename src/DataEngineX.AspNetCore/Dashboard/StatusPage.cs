using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DataEngineX.AspNetCore;

/// <summary>Writes the main part of the status page, at most once a moment however many look at it.</summary>
internal sealed class StatusPage(FaceServices face, ILogger<StatusPage> log) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMilliseconds(500);

    private static readonly ISection[] Sections =
    [
        new HealthSection(), new ForecastSection(), new PipelinesSection(), new RunsSection(),
        new DatasetsSection(), new VerdictsSection(), new ProfilesSection(), new LineageSection(), new QuarantineSection(),
    ];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private StatusFragment? _kept;
    private long _keptSince;

    /// <summary>The headings, for navigation.</summary>
    public static IEnumerable<(string Id, string Title)> Contents => Sections.Select(s => (s.Id, s.Title));

    public async ValueTask<StatusFragment> GetAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_kept is { } kept && Stopwatch.GetElapsedTime(_keptSince) < KeptFor)
                return kept;
            var html = await WriteAsync(cancellationToken).ConfigureAwait(false);
            var bytes = Encoding.UTF8.GetBytes(html);
            _kept = new StatusFragment(html, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
            _keptSince = Stopwatch.GetTimestamp();
            return _kept;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask<string> WriteAsync(CancellationToken cancellationToken)
    {
        var html = new HtmlWriter();
        var data = new StatusData(face);
        html.Add($"<main id=\"main\" tabindex=\"-1\">");
        foreach (var section in Sections)
        {
            var part = new HtmlWriter();
            try
            {
                await section.WriteAsync(part, data, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // One part that cannot be read must not hide the others.
                Log.SectionFailed(log, e, section.Id);
                part = new HtmlWriter().Empty("This part could not be read just now; the log holds the cause.");
            }

            html.OpenCard(section.Id, section.Title).Add(part).CloseCard();
        }

        return html.Add($"</main>").ToString();
    }
}
