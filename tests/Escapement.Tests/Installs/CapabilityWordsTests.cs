using Escapement.Extensions;
using Escapement.Installs;

namespace Escapement.Tests.Installs;

public sealed class CapabilityWordsTests
{
    [Fact]
    public void Of_EveryKnownCapability_IsOneSentence() => Assert.All(Capability.Known, capability =>
    {
        var words = CapabilityWords.Of(capability);
        Assert.StartsWith("It can ", words.Sentence, StringComparison.Ordinal);
        Assert.Equal(words.Sentence.Length - 1, words.Sentence.IndexOf('.', StringComparison.Ordinal));
    });

    [Theory]
    [InlineData(Capability.LogEmit, CapabilityRisk.Low)]
    [InlineData(Capability.SchedulerManage, CapabilityRisk.Notable)]
    [InlineData(Capability.HttpFetch, CapabilityRisk.High)]
    public void Of_Capability_HasItsRisk(string capability, object risk) => Assert.Equal(risk, CapabilityWords.Of(capability).Risk);
}
