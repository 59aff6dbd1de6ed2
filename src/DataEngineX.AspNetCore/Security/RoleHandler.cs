using Microsoft.AspNetCore.Authorization;

namespace DataEngineX.AspNetCore;

/// <summary>Grants by role; grants everything to callers on this machine while the face is open.</summary>
internal sealed class RoleHandler(SecurityPosture posture) : AuthorizationHandler<RoleRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (posture.IsOpen ? IsLocal(context.Resource) : HasRole(context, requirement))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    // A resource that is no request was not asked for over the network.
    private static bool IsLocal(object? resource) => resource is not HttpContext http || LocalOnlyMiddleware.Judge(http) is null;

    private bool HasRole(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        var security = posture.Options;
        return context.User.Identities.Any(identity => identity.IsAuthenticated
            && (identity.HasClaim(security.RoleClaim, security.OperatorRole)
                || (!requirement.MustOperate && identity.HasClaim(security.RoleClaim, security.ViewerRole))));
    }
}
