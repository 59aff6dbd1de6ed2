using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace DataEngineX.AspNetCore;

/// <summary>Whether the face is open (Development without configuration), closed by tokens, or must not start.</summary>
internal sealed class SecurityPosture
{
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(1);

    public SecurityPosture(IOptions<DataEngineXSecurityOptions> options, IHostEnvironment environment)
    {
        Options = options.Value;
        var configured = Options.Authority is not null || Options.Issuer is not null || Options.Audience is not null || Options.SigningKeys.Count > 0;
        IsOpen = !configured && environment.IsDevelopment();
        if (IsOpen)
            return;
        try
        {
            Refusal = configured ? Check() : $"{DataEngineXSecurityOptions.Section} is not set, and a host in environment '{environment.EnvironmentName}' "
                + "does not start without it: set Authority and Audience, or Issuer, Audience and SigningKeys.";
        }
        catch (DataEngineXException e)
        {
            Refusal = e.Message;
        }
    }

    public DataEngineXSecurityOptions Options { get; }

    /// <summary>Open to callers on this machine only.</summary>
    public bool IsOpen { get; }

    /// <summary>Why the host must not start, in one sentence, or null.</summary>
    public string? Refusal { get; }

    public IReadOnlyList<SecurityKey> Keys { get; private set; } = [];

    public IReadOnlyList<string> Algorithms => Options.ValidAlgorithms.Count > 0
        ? [.. Options.ValidAlgorithms]
        : Keys.Any(k => k is SymmetricSecurityKey)
            ? [SecurityAlgorithms.HmacSha256]
            : [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private string? Check()
    {
        const string section = DataEngineXSecurityOptions.Section;
        if (string.IsNullOrWhiteSpace(Options.Audience))
            return $"{section}:Audience is not set: tokens made for another service would be taken.";
        if (Options.Authority is null && (string.IsNullOrWhiteSpace(Options.Issuer) || Options.SigningKeys.Count == 0))
            return $"{section} needs either Authority, or both Issuer and SigningKeys.";
        if (Options.ClockSkew < TimeSpan.Zero || Options.ClockSkew > MaxClockSkew)
            return $"{section}:ClockSkew is {Options.ClockSkew}; it may be at most {MaxClockSkew}.";
        if (Options.ValidAlgorithms.Any(a => string.IsNullOrWhiteSpace(a) || string.Equals(a, SecurityAlgorithms.None, StringComparison.OrdinalIgnoreCase)))
            return $"{section}:ValidAlgorithms names '{SecurityAlgorithms.None}' or nothing: unsigned tokens are never taken.";
        Keys = [.. Options.SigningKeys.Select(SigningKeyReader.Read)];
        var symmetric = Keys.Count(k => k is SymmetricSecurityKey);
        if (symmetric > 0 && (symmetric < Keys.Count || Options.Authority is not null))
            return $"{section} mixes symmetric and public keys: use one kind.";
        return Algorithms.Any(a => a.StartsWith("HS", StringComparison.Ordinal) != (symmetric > 0))
            ? $"{section}:ValidAlgorithms does not fit the kind of its keys: HS algorithms need symmetric keys, all others public ones."
            : null;
    }
}
