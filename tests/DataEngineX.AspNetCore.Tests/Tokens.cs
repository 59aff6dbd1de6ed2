using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DataEngineX.AspNetCore.Tests;

/// <summary>Tokens signed by a key that the host under test knows the public half of, and bad ones.</summary>
internal static class Tokens
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "weather";

    private static readonly RSA Key = RSA.Create(2048);

    public static IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>
    {
        ["DataEngineX:Security:Issuer"] = Issuer,
        ["DataEngineX:Security:Audience"] = Audience,
        ["DataEngineX:Security:SigningKeys:0"] = Key.ExportSubjectPublicKeyInfoPem(),
    };

    public static string Viewer => Create("viewer");

    public static string Operator => Create("operator");

    public static string Create(
        string? role, string issuer = Issuer, string audience = Audience, int minutesFromNow = 5, SigningCredentials? credentials = null, string type = "JWT")
    {
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now.AddMinutes(-30),
            IssuedAt = now.AddMinutes(-30),
            Expires = now.AddMinutes(minutesFromNow),
            Subject = new ClaimsIdentity(role is null ? [] : [new Claim("roles", role)]),
            TokenType = type,
            SigningCredentials = credentials ?? new SigningCredentials(new RsaSecurityKey(Key), SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>Signed with the public key's text as if it were a shared secret.</summary>
    public static string Confused() => Create("operator", credentials: new SigningCredentials(
        new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(Key.ExportSubjectPublicKeyInfoPem())), SecurityAlgorithms.HmacSha256));

    public static string Foreign() => Create("operator", credentials: new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSha256));

    public static string Unsigned()
    {
        static string Part(string json) => Base64UrlEncoder.Encode(json);
        var expires = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds();
        return Part("""{"alg":"none","typ":"JWT"}""") + "."
            + Part($$"""{"iss":"{{Issuer}}","aud":"{{Audience}}","exp":{{expires}},"roles":"operator"}""") + ".";
    }
}
