using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace DataEngineX.AspNetCore;

/// <summary>The status page, its main part for refreshing, and its assets.</summary>
internal static class DashboardRoutes
{
    private const string Html = "text/html; charset=utf-8";
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; object-src 'none'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Name, string Type)[] Assets =
    [
        ("dex.css", "text/css; charset=utf-8"), ("dex.js", "text/javascript; charset=utf-8"), ("icon.svg", "image/svg+xml"),
    ];

    public static void Map(RouteGroupBuilder root)
    {
        root.MapGet("", PageAsync);
        root.MapGet("/fragment", FragmentAsync);
        foreach (var (name, type) in Assets)
        {
            var content = Load(name);
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";
            root.MapGet($"/assets/{name}", (HttpContext http) => Answer(http, content, type, tag));
        }
    }

    private static async Task PageAsync(HttpContext http, StatusPage page, FaceServices face, IWebHostEnvironment environment, CancellationToken cancellationToken)
    {
        if (http.Request.Query["report"].ToString() is { Length: > 0 } id)
        {
            await ReportAsync(http, face, id, cancellationToken).ConfigureAwait(false);
            return;
        }

        var fragment = await page.GetAsync(cancellationToken).ConfigureAwait(false);
        await Answer(http, Encoding.UTF8.GetBytes(PageFrame.Write(fragment, Below(http.Request), environment.ApplicationName)), Html, null).ConfigureAwait(false);
    }

    private static async Task FragmentAsync(HttpContext http, StatusPage page, CancellationToken cancellationToken)
    {
        var fragment = await page.GetAsync(cancellationToken).ConfigureAwait(false);
        await Answer(http, Encoding.UTF8.GetBytes(fragment.Html), Html, fragment.ETag).ConfigureAwait(false);
    }

    /// <summary>The quality report of a run.</summary>
    private static async Task ReportAsync(HttpContext http, FaceServices face, string id, CancellationToken cancellationToken)
    {
        var run = await face.Metadata.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
        var answer = run is null
            ? TypedResults.NotFound($"There is no run '{id}'.")
            : await QualityReports.OfAsync(face, run, null, http, cancellationToken).ConfigureAwait(false);
        await answer.ExecuteAsync(http).ConfigureAwait(false);
    }

    // Links are relative, so that they hold below any path base and behind proxies that cut a prefix away.
    private static string Below(HttpRequest request)
    {
        var path = request.PathBase.Add(request.Path).Value ?? "/";
        return path.EndsWith('/') ? "" : Uri.EscapeDataString(path[(path.LastIndexOf('/') + 1)..]) + "/";
    }

    private static async Task Answer(HttpContext http, byte[] content, string type, string? tag)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = tag is null ? "no-store" : "private, no-cache";
        if (tag is not null)
        {
            headers.ETag = tag;
            if (http.Request.Headers.IfNoneMatch.Contains(tag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        http.Response.ContentType = type;
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content, http.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"DataEngineX.AspNetCore.Assets.{name}")
            ?? throw new InvalidOperationException($"The asset '{name}' is not in the package.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
