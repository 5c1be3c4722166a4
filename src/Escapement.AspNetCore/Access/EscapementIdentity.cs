using System.Security.Claims;
using Escapement.Access;

namespace Escapement.AspNetCore.Access;

/// <summary>A caller as the framework carries it through a request.</summary>
internal sealed class EscapementIdentity(EscapementPrincipal principal)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, principal.Name)], EscapementAccess.Scheme)
{
    public EscapementPrincipal Principal { get; } = principal;
}
