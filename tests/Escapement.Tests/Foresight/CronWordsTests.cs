using Escapement.Foresight;
using Escapement.Scheduling;

namespace Escapement.Tests.Foresight;

public sealed class CronWordsTests
{
    [Theory]
    [InlineData("0 9 * * 1-5", "At 09:00 on Monday to Friday")]
    [InlineData("30 2 * * *", "At 02:30 every day")]
    [InlineData("0 9,12,15 * * *", "At 09:00, 12:00 and 15:00 every day")]
    [InlineData("0,30 9 * * 0,6", "At 09:00 and 09:30 on Sunday and Saturday")]
    [InlineData("*/15 * * * *", "Every 15 minutes")]
    [InlineData("* * * * *", "Every minute")]
    [InlineData("30-59 8 * * *", "Every minute, from 30 past the hour on, from 08:00 to 08:59")]
    [InlineData("7-59/20 * * * *", "Every 20 minutes, from 7 past the hour on")]
    [InlineData("0 * * * *", "Every hour, on the hour")]
    [InlineData("30 * * * *", "At 30 minutes past every hour")]
    [InlineData("1 * * * 1", "At 1 minute past every hour on Monday")]
    [InlineData("5,20,50 * * * *", "At 5, 20 and 50 minutes past every hour")]
    [InlineData("0 9-17 * * 1-5", "On the hour, from 09:00 to 17:59 on Monday to Friday")]
    [InlineData("0 */2 * * *", "On the hour, every 2 hours from 00:00 on")]
    [InlineData("*/10 8,12 * * *", "Every 10 minutes, in the hours of 08:00 and 12:00")]
    [InlineData("5 0 1,15 * *", "At 00:05 on the 1st and 15th")]
    [InlineData("0 0 1-7 * *", "At 00:00 on the 1st to the 7th")]
    [InlineData("0 0 29 2 *", "At 00:00 on the 29th in February")]
    [InlineData("0 6 * 6-8 *", "At 06:00 in June to August")]
    [InlineData("0 6 22,23,11 1,7 *", "At 06:00 on the 11th, 22nd and 23rd in January and July")]
    public void Of_Expression_SaysIt(string cron, string words) => Assert.Equal(words, CronWords.Of(Cron.Check(cron).Fields));
}
