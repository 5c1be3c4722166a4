using System.Globalization;
using Escapement.Wasm.Tests;

namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>Sound components that say nonsense: they point host calls and their answer at any place in and beyond their memory.</summary>
internal static class StrangeGuest
{
    private static readonly uint[] Numbers =
    [
        0, 1, 2, 3, 8, 15, 16, 64, 200, 4_096, 65_535, 65_536, 65_537, 262_000, 262_145, 1_000_000,
        0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
    ];

    private static readonly string[] Endings =
        [GuestComponent.AnswerOk, GuestComponent.AnswerMemory, "unreachable", "(loop $again (br $again)) (i32.const 16)"];

    public static GuestComponent Of(Random random)
    {
        var guest = new GuestComponent
        {
            Pages = random.Next(1, 100),
            Data = $"""(data (i32.const 16) "{Word(random)}{Word(random)}{Word(random)}{Word(random)}{Word(random)}{Word(random)}")""",
            Body = Calls(random) + Ending(random),
        };
        return guest.ImportLogging().ImportDelete().ImportCreate();
    }

    // Now and then an answer, so that what is at 16 is read; now and then none.
    private static string Ending(Random random) => random.Next(3) == 0 ? $"(i32.const {Number(random)})" : Endings[random.Next(Endings.Length)];

    private static string Calls(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => random.Next(4) switch
    {
        0 => $"(call $log {Arguments(random, 2)})",
        1 => $"(call $remove {Arguments(random, 3)})",
        2 => $"(call $create {Arguments(random, 16)})",
        _ => $"(drop (memory.grow (i32.const {random.Next(2_000)})))",
    }));

    private static string Arguments(Random random, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => $"(i32.const {Number(random)})"));

    private static uint Number(Random random) => Numbers[random.Next(Numbers.Length)];

    private static string Word(Random random) =>
        string.Concat(BitConverter.GetBytes(Number(random)).Select(b => "\\" + b.ToString("x2", CultureInfo.InvariantCulture)));
}
