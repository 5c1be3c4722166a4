using System.Text;
using Escapement.Wasm.Workers;

namespace Escapement.Wasm.Tests.Workers;

public sealed class ProcessStateTests
{
    private const string Between = "100 0 0 0 1 2 0 0 20 0 30 0 77 1 2 18446744073709551615 1 1 0 0 0";

    [Theory]
    [InlineData($"8 (dotnet) S 1 8 8 0 -1 4194304 {Between} 0 0 1", false)]
    [InlineData($"8 (dotnet) R 1 8 8 0 -1 4194308 {Between} 0 0 1", true)]
    [InlineData($"8 (dotnet) D 1 8 8 0 -1 4195328 {Between} 0 0 1", true)]
    [InlineData($"8 (dotnet) S 1 8 8 0 -1 4194304 {Between} 256 0 1", true)]
    [InlineData($"8 (dotnet) S 1 8 8 0 -1 4194304 {Between} 16384 0 1", false)]
    [InlineData($"8 (a) 4 4 4 4 4 4 4 4) S 1 8 8 0 -1 4194304 {Between} 0 0 1", false)]
    [InlineData($"8 (a) b) S 1 8 8 0 -1 4194308 {Between} 0 0 1", true)]
    [InlineData("", true)]
    public void IsEnding_WhatLinuxSays_GoesByFlagsAndSignals(string stat, bool isEnding) =>
        Assert.Equal(isEnding, ProcessState.IsEnding(Encoding.ASCII.GetBytes(stat)));
}
