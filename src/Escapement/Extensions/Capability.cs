using System.Collections.Frozen;

namespace Escapement.Extensions;

/// <summary>The capabilities that the host knows (contract section 2). Compared trimmed and without regard to case, kept lower-case.</summary>
public static class Capability
{
    /// <summary>Reading the request's context.</summary>
    public const string ContextRead = "cap:context.read";

    /// <summary>Writing log lines.</summary>
    public const string LogEmit = "cap:log.emit";

    /// <summary>Reading the calling user. Always granted.</summary>
    public const string UserRead = "cap:user.read";

    /// <summary>Managing the install's own schedules. Never granted by default.</summary>
    public const string SchedulerManage = "cap:scheduler.manage";

    /// <summary>Reading the install's secrets.</summary>
    public const string SecretsGet = "cap:secrets.get";

    /// <summary>Calling other hosts.</summary>
    public const string HttpFetch = "cap:http.fetch";

    /// <summary>Keeping values per install.</summary>
    public const string StorageKv = "cap:storage.kv";

    /// <summary>Calling routes of the embedding application.</summary>
    public const string UiProxy = "cap:ui.proxy";

    /// <summary>Every capability that a manifest may declare. The last three belong to a business system behind the host.</summary>
    public static FrozenSet<string> Known { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        ContextRead, LogEmit, UserRead, SchedulerManage, SecretsGet, HttpFetch, StorageKv, UiProxy,
        "cap:invoice.manual.create", "cap:client.read", "cap:service.read");

    /// <summary>Says of one that is not known which it may have been meant to be, or which there are.</summary>
    internal static string Hint(string unknown) => Nearest.Of(unknown, Known) is { } meant
        ? $"did you mean {meant}?"
        : $"there are {string.Join(", ", Known.Order(StringComparer.Ordinal))}";

    /// <summary>The form in which a capability is stored and compared.</summary>
    public static string Normalise(string capability) => capability.Trim().ToLowerInvariant();
}
