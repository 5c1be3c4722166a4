namespace Escapement.Faults;

/// <summary>
/// The clock of a whole cluster under test: real time, counted several times as fast from one instant that all processes know. So
/// a rhythm of five minutes, the shortest there is, comes round every few seconds, and every process can say when.
/// </summary>
internal readonly record struct Lapse(DateTimeOffset Epoch, double Factor)
{
    /// <summary>What the cluster's clock shows at a real instant.</summary>
    public DateTimeOffset At(DateTimeOffset real) => Epoch + ((real - Epoch) * Factor);

    /// <summary>The real instant at which the cluster's clock shows another.</summary>
    public DateTimeOffset RealOf(DateTimeOffset shown) => Epoch + ((shown - Epoch) / Factor);
}
