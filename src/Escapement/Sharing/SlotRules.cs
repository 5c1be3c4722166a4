namespace Escapement.Sharing;

/// <summary>How many more slots one kind of work may take now.</summary>
internal static class SlotRules
{
    /// <summary>
    /// What nobody else wants may be taken, down to the last slots, which stay the other's. While the other waits too, each gets half.
    /// </summary>
    /// <param name="slots">How many there are.</param>
    /// <param name="own">What this kind may have.</param>
    /// <param name="used">What it has.</param>
    /// <param name="other">What the other kind may have.</param>
    /// <param name="usedByOther">What that has.</param>
    /// <param name="otherWaits">Whether the other kind has work that waits for a slot.</param>
    public static int Room(int slots, SlotShare own, int used, SlotShare other, int usedByOther, bool otherWaits)
    {
        // One that is at its own limit waits for itself.
        var contested = otherWaits && usedByOther < other.Most;
        var most = contested ? Math.Min(own.Most, Math.Max(own.Reserved, (slots + 1) / 2)) : own.Most;
        return Math.Max(0, Math.Min(most - used, slots - used - usedByOther));
    }
}
