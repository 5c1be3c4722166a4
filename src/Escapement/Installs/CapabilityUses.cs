using System.Collections.Concurrent;
using System.Collections.Frozen;
using Escapement.Extensions;
using Escapement.Noting;
using Microsoft.Extensions.Logging;

namespace Escapement.Installs;

/// <summary>
/// When installs last used what they were granted, to the hour: so that who granted it sees what was never needed. Runs and gateway calls count alike.
/// A use in the hour behind another is not noted, so an install that runs each minute is written once an hour.
/// </summary>
/// <param name="write">Where they are kept, such as <see cref="IInstallStore.NoteUsesAsync"/>.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of what could not be written.</param>
internal sealed class CapabilityUses(
    Func<IReadOnlyList<Use<InstalledCapability>>, CancellationToken, ValueTask> write, TimeProvider time, ILogger<CapabilityUses> logger)
    : UseNotes<InstalledCapability>(write, "capabilities", time, logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    // An operation's name begins with its interface.
    private static readonly FrozenDictionary<string, string> Needed = new Dictionary<string, string>
    {
        ["context"] = Capability.ContextRead,
        ["logging"] = Capability.LogEmit,
        ["scheduler"] = Capability.SchedulerManage,
        ["secrets"] = Capability.SecretsGet,
        ["http"] = Capability.HttpFetch,
        ["storage"] = Capability.StorageKv,
        ["ui-proxy"] = Capability.UiProxy,
        ["user"] = Capability.UserRead,
        ["user-v2"] = Capability.UserRead,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<InstalledCapability, DateTimeOffset> noted = new();
    private DateTimeOffset forgetAt;

    /// <summary>Notes the capabilities that calls of the host needed, as far as the install has them.</summary>
    /// <param name="extension">Who called.</param>
    /// <param name="operations">The operations that it called, such as <c>scheduler.create</c>.</param>
    public void Note(InstalledExtension extension, IEnumerable<string> operations)
    {
        var now = Now;
        foreach (var operation in operations)
        {
            var name = operation.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? operation[..dot] : operation;
            if (!Needed.TryGetValue(name, out var capability) || !extension.Can(capability))
            {
                continue;
            }

            var key = new InstalledCapability(extension.Install.Scope, capability);
            if (!noted.TryGetValue(key, out var before) || now - before >= Fresh)
            {
                noted[key] = now;
                Note(key);
                Forget(now);
            }
        }
    }

    // What was noted an hour ago would be noted anew anyway.
    private void Forget(DateTimeOffset now)
    {
        if (now < forgetAt)
        {
            return;
        }

        forgetAt = now + Fresh;
        foreach (var old in noted.Where(n => now - n.Value >= Fresh))
        {
            noted.TryRemove(old);
        }
    }
}
