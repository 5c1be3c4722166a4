using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>What the things are called now that audit entries tell of by their ids. What is gone has no name, unless it is kept.</summary>
internal sealed class AuditNames(IScheduleStore schedules, IInstallStore installs, INodeStore nodes, VersionCatalog versions)
{
    /// <summary>The names that one entry or some have use for, by id.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string>> OfAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var asked = entries.Where(e => e is { Tenant: not null, Target: not null } && Is(e, "schedule."))
            .Select(e => (Tenant: e.Tenant!.Value, Schedule: ScheduleId.TryParse(e.Target!, out var id) ? id : default))
            .Where(s => s.Schedule != default)
            .Distinct()
            .ToList();
        foreach (var (schedule, (name, _)) in await schedules.NamesAsync(asked, cancellationToken))
        {
            names[schedule.ToString()] = name;
        }

        var scopes = entries.Where(e => e is { Tenant: not null, Install: not null }).Select(e => new InstallScope(e.Tenant!.Value, e.Install!.Value));
        foreach (var install in await installs.GetManyAsync([.. scopes.Distinct()], cancellationToken))
        {
            names[install.Scope.Install.ToString()] = install.ExtensionId;
        }

        foreach (var text in entries.SelectMany(VersionsOf).Distinct(StringComparer.Ordinal))
        {
            if (Ids.TryParse(text, out var id) && await versions.GetAsync(new VersionId(id), cancellationToken) is { Manifest: var manifest })
            {
                names[text] = $"{manifest.Name} {manifest.Version}";
            }
        }

        if (entries.Any(e => Is(e, "node.")))
        {
            foreach (var node in await nodes.ListAsync(cancellationToken))
            {
                names[node.Id.ToString()] = node.Name;
            }
        }

        return names;
    }

    /// <summary>Those of them that an entry has use for; null for none.</summary>
    public static IReadOnlyDictionary<string, string>? For(AuditEntry entry, IReadOnlyDictionary<string, string> names)
    {
        var ids = VersionsOf(entry).Append(entry.Target).Append(entry.Install?.ToString()).OfType<string>().Distinct(StringComparer.Ordinal);
        var its = ids.Where(names.ContainsKey).ToDictionary(id => id, id => names[id], StringComparer.Ordinal);
        return its.Count == 0 ? null : its;
    }

    private static IEnumerable<string> VersionsOf(AuditEntry entry)
    {
        var change = Is(entry, "install.") ? entry.Changes.Of(InstallFields.Version) : null;
        string?[] ids = [FieldJson.TextOf(change?.Before?.Json), FieldJson.TextOf(change?.After?.Json), Is(entry, "version.") ? entry.Target : null];
        return ids.OfType<string>();
    }

    private static bool Is(AuditEntry entry, string things) => entry.Action.StartsWith(things, StringComparison.Ordinal);
}
