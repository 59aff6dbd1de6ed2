namespace DataEngineX.Hosting.Alerts;

/// <summary>Which addresses alerts may go to: https anywhere, http on the loopback.</summary>
internal static class WebhookAddress
{
    public static string? Flaw(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => $"The alert webhook '{address}' is not an absolute address.",
        { Scheme: "https" } => null,
        { Scheme: "http", IsLoopback: true } => null,
        _ => $"The alert webhook '{address.GetLeftPart(UriPartial.Authority)}' must be https, or http on the loopback.",
    };
}
