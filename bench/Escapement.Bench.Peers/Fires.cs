namespace Escapement.Bench.Peers;

/// <summary>When the body of each job began. Jobs of the warm-up have numbers below zero.</summary>
internal static class Fires
{
    private static DateTimeOffset[] began = [];
    private static int count;
    private static int again;
    private static int warm;

    public static int Count => Volatile.Read(ref count);

    public static int Again => Volatile.Read(ref again);

    public static int Warm => Volatile.Read(ref warm);

    public static void Expect(int jobs) => (began, count, again, warm) = (new DateTimeOffset[jobs], 0, 0, 0);

    public static void Record(int number)
    {
        if (number < 0)
        {
            Interlocked.Increment(ref warm);
        }
        else if (began[number] == default)
        {
            began[number] = Place.Time.GetUtcNow();
            Interlocked.Increment(ref count);
        }
        else
        {
            Interlocked.Increment(ref again);
        }
    }

    /// <summary>The instants at which the jobs that fired began, ascending.</summary>
    public static DateTimeOffset[] Began() => [.. began.Where(b => b != default).Order()];
}
