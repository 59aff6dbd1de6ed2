namespace DataEngineX.AspNetCore.Tests;

/// <summary>Every route of the face: who may call it, and a path that reaches it.</summary>
internal static class RouteTable
{
    public static IReadOnlyList<(string Route, Role Role, string Path, bool Described)> All { get; } =
    [
        ("GET /api/v1/pipelines", Role.Viewer, "/api/v1/pipelines", true),
        ("POST /api/v1/pipelines/{name}/runs", Role.Operator, "/api/v1/pipelines/weather.silver/runs", true),
        ("GET /api/v1/pipelines/{name}/plan", Role.Viewer, "/api/v1/pipelines/weather.silver/plan", true),
        ("POST /api/v1/pipelines/{name}/backfills", Role.Operator, "/api/v1/pipelines/weather.silver/backfills", true),
        ("GET /api/v1/backfills", Role.Viewer, "/api/v1/backfills", true),
        ("GET /api/v1/backfills/{id}", Role.Viewer, "/api/v1/backfills/b1", true),
        ("DELETE /api/v1/backfills/{id}", Role.Operator, "/api/v1/backfills/b1", true),
        ("GET /api/v1/runs", Role.Viewer, "/api/v1/runs", true),
        ("GET /api/v1/runs/{id}", Role.Viewer, "/api/v1/runs/r1", true),
        ("GET /api/v1/runs/{id}/report", Role.Viewer, "/api/v1/runs/r1/report", true),
        ("GET /api/v1/runs/{id}/openlineage", Role.Viewer, "/api/v1/runs/r1/openlineage", true),
        ("GET /api/v1/datasets", Role.Viewer, "/api/v1/datasets", true),
        ("GET /api/v1/datasets/{layer}/{name}", Role.Viewer, "/api/v1/datasets/silver/observations", true),
        ("GET /api/v1/datasets/{layer}/{name}/quality", Role.Viewer, "/api/v1/datasets/silver/observations/quality", true),
        ("GET /api/v1/datasets/{layer}/{name}/quality/report", Role.Viewer, "/api/v1/datasets/silver/observations/quality/report", true),
        ("GET /api/v1/datasets/{layer}/{name}/profile", Role.Viewer, "/api/v1/datasets/silver/observations/profile", true),
        ("GET /api/v1/datasets/{layer}/{name}/preview", Role.Viewer, "/api/v1/datasets/silver/observations/preview", true),
        ("GET /api/v1/lineage/{layer}/{name}", Role.Viewer, "/api/v1/lineage/silver/observations", true),
        ("GET /api/v1/models", Role.Viewer, "/api/v1/models", true),
        ("GET /api/v1/models/{name}", Role.Viewer, "/api/v1/models/next-day-high", true),
        ("GET /api/v1/models/{name}/performance", Role.Viewer, "/api/v1/models/next-day-high/performance", true),
        ("GET /v2", Role.Viewer, "/v2", true),
        ("GET /v2/health/live", Role.Viewer, "/v2/health/live", true),
        ("GET /v2/health/ready", Role.Viewer, "/v2/health/ready", true),
        ("GET /v2/models/{name}", Role.Viewer, "/v2/models/next-day-high", true),
        ("GET /v2/models/{name}/ready", Role.Viewer, "/v2/models/next-day-high/ready", true),
        ("POST /v2/models/{name}/infer", Role.Viewer, "/v2/models/next-day-high/infer", true),
        ("GET /v2/models/{name}/versions/{version}", Role.Viewer, "/v2/models/next-day-high/versions/1", true),
        ("GET /v2/models/{name}/versions/{version}/ready", Role.Viewer, "/v2/models/next-day-high/versions/1/ready", true),
        ("POST /v2/models/{name}/versions/{version}/infer", Role.Viewer, "/v2/models/next-day-high/versions/1/infer", true),
        ("GET /health/live", Role.Anonymous, "/health/live", true),
        ("GET /health/ready", Role.Anonymous, "/health/ready", true),
        ("GET /health/startup", Role.Anonymous, "/health/startup", true),
        ("GET /metrics", Role.Viewer, "/metrics", false),
        ("GET /openapi/v1.json", Role.Viewer, "/openapi/v1.json", false),
        ("GET /dex", Role.Viewer, "/dex", false),
        ("GET /dex/fragment", Role.Viewer, "/dex/fragment", false),
        ("GET /dex/assets/dex.css", Role.Viewer, "/dex/assets/dex.css", false),
        ("GET /dex/assets/dex.js", Role.Viewer, "/dex/assets/dex.js", false),
        ("GET /dex/assets/icon.svg", Role.Viewer, "/dex/assets/icon.svg", false),
    ];
}
