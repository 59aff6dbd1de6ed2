namespace DataEngineX.Sources;

/// <summary>What an address of a web service may be.</summary>
internal static class HttpAddress
{
    internal static void Check(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"'{address}' is not an http or https address.", nameof(address));
        if (address.UserInfo.Length > 0)
            throw new ArgumentException("The address holds a user; send it as a header, with Prepare.", nameof(address));
    }
}
