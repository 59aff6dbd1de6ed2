using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace DataEngineX.AspNetCore;

/// <summary>Reads signing keys from their text form.</summary>
internal static class SigningKeyReader
{
    private const int MinSymmetricBytes = 32;

    public static SecurityKey Read(string text, int index)
    {
        var name = $"{DataEngineXSecurityOptions.Section}:SigningKeys:{index}";
        return text.Contains("-----BEGIN", StringComparison.Ordinal) ? ReadPem(text, name) : ReadSymmetric(text, name);
    }

    private static SymmetricSecurityKey ReadSymmetric(string text, string name)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            throw new DataEngineXException($"{name} is neither a public key in PEM form nor base64.");
        return length >= MinSymmetricBytes
            ? new SymmetricSecurityKey(bytes[..length])
            : throw new DataEngineXException($"{name} has {length} bytes; a symmetric key needs at least {MinSymmetricBytes}.");
    }

    private static AsymmetricSecurityKey ReadPem(string text, string name)
    {
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            throw new DataEngineXException($"{name} is a private key; a host that only checks tokens is given the public one.");
        if (TryImport(RSA.Create(), text) is { } rsa)
            return new RsaSecurityKey(rsa);
        return TryImport(ECDsa.Create(), text) is { } ec
            ? new ECDsaSecurityKey(ec)
            : throw new DataEngineXException($"{name} is not an RSA or EC public key in PEM form.");
    }

    private static TKey? TryImport<TKey>(TKey key, string text)
        where TKey : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(text);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }
}
