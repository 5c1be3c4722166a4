using System.Collections.Frozen;
using Escapement.Extensions;

namespace Escapement.Installs;

/// <summary>What a capability lets an extension do, in plain words for whoever grants it.</summary>
/// <param name="Sentence">One sentence; its subject is the extension.</param>
/// <param name="Risk">How much it can do with it.</param>
internal sealed record CapabilityWords(string Sentence, CapabilityRisk Risk)
{
    private static readonly FrozenDictionary<string, CapabilityWords> All = new Dictionary<string, CapabilityWords>
    {
        [Capability.ContextRead] = new("It can see for which tenant, install and request it runs.", CapabilityRisk.Low),
        [Capability.LogEmit] = new("It can write lines into the log of its own runs.", CapabilityRisk.Low),
        [Capability.UserRead] = new("It can see the name and e-mail address of the user who calls it.", CapabilityRisk.Notable),
        [Capability.SchedulerManage] = new(
            "It can create, change and delete schedules of its own, and so decide when it runs.", CapabilityRisk.Notable),
        [Capability.StorageKv] = new("It can keep data on this host between its runs.", CapabilityRisk.Notable),
        [Capability.SecretsGet] = new("It can read the secrets that an admin gives it.", CapabilityRisk.High),
        [Capability.HttpFetch] = new("It can call other hosts, and so send them whatever it can read.", CapabilityRisk.High),
        [Capability.UiProxy] = new("It can call functions of the application that this host is a part of.", CapabilityRisk.High),
        ["cap:client.read"] = new("It can read the clients of the business system.", CapabilityRisk.High),
        ["cap:service.read"] = new("It can read the services that the business system offers.", CapabilityRisk.Notable),
        ["cap:invoice.manual.create"] = new("It can create invoices in the business system.", CapabilityRisk.High),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words for one of <see cref="Capability.Known"/>.</summary>
    public static CapabilityWords Of(string capability) => All[capability];
}

/// <summary>How much an extension can do with a capability.</summary>
internal enum CapabilityRisk
{
    /// <summary>Nothing that leaves its own runs.</summary>
    Low,

    /// <summary>What its tenant should know of.</summary>
    Notable,

    /// <summary>Data can leave, or something of the tenant's can be changed.</summary>
    High,
}
