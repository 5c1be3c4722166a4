using Escapement.AspNetCore;
using Escapement.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Storage;

public sealed class ClockTests
{
    [Fact]
    public void AddEscapement_ClockOfTheApplication_IsKept()
    {
        var own = new FakeTimeProvider();
        Assert.Same(own, ClockOf(new ServiceCollection().AddSingleton<TimeProvider>(own)));
    }

    [Fact]
    public void AddEscapement_ClockThatTheFrameworkRegistered_IsReplaced() =>
        Assert.IsType<TimeLapse>(ClockOf(new ServiceCollection().AddSingleton(TimeProvider.System)));

    private static TimeProvider ClockOf(IServiceCollection services)
    {
        services.AddEscapement(o => o.TimeLapse = 60);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<TimeProvider>();
    }
}
