using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>What a schedule calls, in the order in which <c>list_endpoint_uses</c> selects it.</summary>
internal static class StoredEndpointUse
{
    public static EndpointUse Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct =>
        new(new ScheduleId(row.Id(0)), new EndpointKey(row.Text(1), row.Text(2)), row.Long(3));
}
