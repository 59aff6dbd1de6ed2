namespace DataEngineX.AspNetCore;

/// <summary>Who may call: the section <c>DataEngineX:Security</c>.</summary>
/// <remarks>
/// Either <see cref="Authority"/> and <see cref="Audience"/> (keys are fetched from the authority), or <see cref="Issuer"/>,
/// <see cref="Audience"/> and <see cref="SigningKeys"/>. Outside Development a host without either does not start.
/// </remarks>
public sealed class DataEngineXSecurityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DataEngineX:Security";

    /// <summary>The OpenID Connect authority that issues tokens. <value>Default: null.</value></summary>
    public string? Authority { get; set; }

    /// <summary>The issuer tokens must name. <value>Default: null, the one the authority publishes.</value></summary>
    public string? Issuer { get; set; }

    /// <summary>The audience tokens must name. <value>Default: null; it must be set.</value></summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Keys that sign tokens, when there is no authority: public keys in PEM form (RSA or EC), or symmetric keys of at least
    /// 32 bytes in base64. Not both kinds. <value>Default: none.</value>
    /// </summary>
    public IList<string> SigningKeys { get; } = [];

    /// <summary>The signature algorithms accepted. <value>Default: empty, RS256, PS256 and ES256 for public keys, HS256 for symmetric ones.</value></summary>
    public IList<string> ValidAlgorithms { get; } = [];

    /// <summary>The token types accepted in the header <c>typ</c>. <value>Default: empty, <c>at+jwt</c> and <c>JWT</c>.</value></summary>
    public IList<string> ValidTypes { get; } = [];

    /// <summary>The claim that holds roles: a text or an array of texts. <value>Default: <c>roles</c>.</value></summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The role that makes a viewer. <value>Default: <c>viewer</c>.</value></summary>
    public string ViewerRole { get; set; } = "viewer";

    /// <summary>The role that makes an operator. <value>Default: <c>operator</c>.</value></summary>
    public string OperatorRole { get; set; } = "operator";

    /// <summary>How far clocks of issuer and host may differ: at most a minute. <value>Default: 30 seconds.</value></summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the authority must be reached by https. <value>Default: true.</value></summary>
    public bool RequireHttpsMetadata { get; set; } = true;
}
