using System.Text;

namespace DataEngineX.Sources;

/// <summary>Addresses with query parameters, and how they are shown to people.</summary>
internal static class QueryText
{
    private static readonly string[] Secrets = ["key", "token", "secret", "password", "pwd", "sig", "auth", "appid", "credential"];

    /// <summary>The address with a parameter set; one of that name before is taken out.</summary>
    internal static Uri With(Uri address, string parameter, string value)
    {
        var name = Uri.EscapeDataString(parameter);
        var kept = Parts(address).Where(p => !string.Equals(Uri.UnescapeDataString(NameOf(p)), parameter, StringComparison.Ordinal));
        return new UriBuilder(address) { Query = string.Join('&', [.. kept, $"{name}={Uri.EscapeDataString(value)}"]) }.Uri;
    }

    /// <summary>The address without user, password, fragment and the values of parameters that look like secrets.</summary>
    internal static string Shown(Uri address)
    {
        var text = new StringBuilder(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
        var separator = '?';
        foreach (var part in Parts(address))
        {
            var name = NameOf(part);
            text.Append(separator).Append(Array.Exists(Secrets, s => name.Contains(s, StringComparison.OrdinalIgnoreCase)) ? name + "=***" : part);
            separator = '&';
        }

        return text.ToString();
    }

    private static string[] Parts(Uri address) => address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static string NameOf(string part) => part.Split('=')[0];
}
