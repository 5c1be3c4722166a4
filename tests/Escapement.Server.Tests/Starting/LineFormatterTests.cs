using System.Text;
using Escapement.Server.Starting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Server.Tests.Starting;

public sealed class LineFormatterTests
{
    [Theory]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("a\r\nb", "a\\r\\nb")]
    [InlineData("\u001b[2J\u001b]0;x\a", "\\u001b[2J\\u001b]0;x\\u0007")]
    [InlineData("\0\t\u007f\u0085\u009b", "\\u0000\\u0009\\u007f\\u0085\\u009b")]
    [InlineData("\u2028\u2029\u202e\u200b\ufeff", "\\u2028\\u2029\\u202e\\u200b\\ufeff")]
    [InlineData("\U000e0041", "\\ue0041")]
    [InlineData("gr\u00fc\u00df \u65e5\u672c \ud83d\ude00 'x' \"y\"", "gr\u00fc\u00df \u65e5\u672c \ud83d\ude00 'x' \"y\"")]
    public void Escape_WhatIsNotToBePrinted_IsWrittenOut(string text, string written)
    {
        var line = new StringBuilder();
        LineFormatter.Escape(text, line);
        Assert.Equal(written, line.ToString());
    }

    [Fact]
    public void Write_MessageAndExceptionWithLinesOfTheirOwn_IsOneLine()
    {
        var output = new StringWriter();
        var fault = new InvalidOperationException("component 'a\n2026-03-02T09:00:00.000Z crit: forged'");
        var entry = new LogEntry<string>(LogLevel.Warning, "Some.Category", new EventId(4711), "x\u001b[1m\ny", fault, (state, _) => state);

        new LineFormatter().Write(entry, scopeProvider: null, output);

        var line = Assert.Single(output.ToString().TrimEnd().Split('\n'));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warn: Some\.Category\[4711\] x\\u001b\[1m\\ny System\.InvalidOperationException: ", line);
    }
}
