using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace DataEngineX.AspNetCore;

/// <summary>Sets the bearer scheme up by <c>DataEngineX:Security</c>.</summary>
internal sealed class BearerSetup(SecurityPosture posture) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != DataEngineXPolicies.BearerScheme)
            return;
        var security = posture.Options;
        options.Authority = security.Authority;
        options.RequireHttpsMetadata = security.RequireHttpsMetadata;
        options.MapInboundClaims = false;
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = true,
            ValidIssuer = security.Issuer,
            ValidateAudience = true,
            ValidAudience = security.Audience,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            ClockSkew = security.ClockSkew,
            ValidateIssuerSigningKey = true,
            RequireSignedTokens = true,
            IssuerSigningKeys = posture.Keys,
            ValidAlgorithms = posture.Algorithms,
            ValidTypes = security.ValidTypes.Count > 0 ? [.. security.ValidTypes] : ["at+jwt", "JWT"],
            RoleClaimType = security.RoleClaim,
            NameClaimType = "sub",
        };
    }
}
