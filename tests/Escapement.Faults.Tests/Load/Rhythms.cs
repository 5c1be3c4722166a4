namespace Escapement.Faults.Tests.Load;

/// <summary>The expressions and zones of the load: most come round at every five minutes of the cluster's clock, spread over all minutes.</summary>
internal static class Rhythms
{
    public static IReadOnlyList<string> Crons { get; } =
    [
        "*/5 * * * *", "1-56/5 * * * *", "2-57/5 * * * *", "3-58/5 * * * *", "4-59/5 * * * *", "*/10 * * * *", "*/15 * * * *",
        "3,18,33,48 * * * *", "2-32/6,40,47,55 * * * *", "*/5 */2 * * *", "7-52/5 6-21 * * *",
    ];

    public static IReadOnlyList<string> Zones { get; } = ["UTC", "UTC", "Asia/Kolkata", "Asia/Tokyo", "America/Bogota"];

    public static T Of<T>(this Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
