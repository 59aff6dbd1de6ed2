using Microsoft.AspNetCore.Authorization;

namespace DataEngineX.AspNetCore;

/// <summary>Asks for the viewer's or the operator's role.</summary>
/// <param name="MustOperate">Whether the operator's is asked for.</param>
internal sealed record RoleRequirement(bool MustOperate) : IAuthorizationRequirement;
