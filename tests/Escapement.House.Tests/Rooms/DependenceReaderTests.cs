namespace Escapement.House.Tests.Rooms;

public sealed class DependenceReaderTests
{
    private const string Bells = """
        namespace Clock.Bells;
        public class Bell { public const int Weight = 3; public static int Ring() => 1; public Tone Tone { get; } = new(); }
        public record Tone(int Pitch = 1, int Volume = 2);
        public interface IRinging;
        public class LoudAttribute : Attribute;
        public static class Chimes { public static int Chime(this string text) => 1; extension(string text) { public int Peals => 1; } }
        public enum Size { Small }
        """;

    private const string Wheels = """
        namespace Clock.Wheels;
        public class Wheel { public Bells.Bell Bell = new(); public Bells.Tone Tone() => new(); public void Take(Bells.Tone tone) { } }
        """;

    [Theory]
    [InlineData("public class Hand { const int Length = Bells.Bell.Weight; }", "Bell, Bell.Weight")]
    [InlineData("public class Hand { int Move() => Bells.Bell.Ring(); }", "Bell, Bell.Ring")]
    [InlineData("public class Hand : IRinging;", "IRinging")]
    [InlineData("public class Hand { List<Bell> bells = []; }", "Bell")]
    [InlineData("public class Hand { int Move() => \"now\".Chime(); }", "Chimes.Chime")]
    [InlineData("public class Hand { int Move() => \"now\".Peals; }", "Chimes.extension(String).Peals")]
    [InlineData("[Loud] public class Hand;", "LoudAttribute.LoudAttribute")]
    [InlineData("public class Hand { object Move() => typeof(Bell); }", "Bell")]
    [InlineData("public class Hand { string Move() => nameof(Bell.Ring); }", "Bell, Bell.Ring")]
    [InlineData("public class Hand { object Move(object o) => o is Size.Small; }", "Size, Size.Small")]
    [InlineData("using Chime = Clock.Bells.Bell; public class Hand { Chime c; }", "Bell, Bell")]
    [InlineData("using static Clock.Bells.Bell; public class Hand { int Move() => Ring(); }", "Bell, Bell.Ring")]
    [InlineData("public class Hand<T> where T : IRinging;", "IRinging")]
    public void Read_OneUse_IsFound(string code, string symbols) => Assert.Equal(symbols, Symbols(code));

    [Theory]
    [InlineData("public class Hand { int Move(Wheel w) => w.Bell.Tone.Pitch; }", "Bell.Tone, Tone.Pitch")]
    [InlineData("public class Hand { void Move(Wheel w) => w.Take(new()); }", "Tone.Tone")]
    [InlineData("public class Hand { void Move(Wheel w) { var (pitch, volume) = w.Tone(); } }", "Tone.Deconstruct")]
    [InlineData("public class Hand { bool Move(Wheel w) => w.Tone() == w.Tone(); }", "Tone.operator ==")]
    public void Read_AMemberOfWhatAnotherRoomHandsOver_IsFound(string code, string symbols) => Assert.Equal(symbols, Symbols(code));

    [Theory]
    [InlineData("public class Hand { void Move(Wheel w) { var tone = w.Tone(); w.Take(tone); } }")]
    [InlineData("/// <summary>Moves beside a <see cref=\"Bell\"/>.</summary>\npublic class Hand;")]
    [InlineData("public class Hand { string Bell = \"Bell\"; }")]
    public void Read_WhatIsOnlyPassedOnOrSpokenOf_IsNotADependence(string code) => Assert.Equal("", Symbols(code));

    [Fact]
    public void Read_APartialType_BelongsToTheRoomOfEachPart()
    {
        var found = PlantedRooms.Dependences(
            ("src/Clock/Bells/Bell.cs", "namespace Clock; public partial class Bell { public int Here; }"),
            ("src/Clock/Hands/Bell.cs", "namespace Clock; public partial class Bell { public int There => Here; }"),
            ("src/Clock/Wheels/Wheel.cs", "namespace Clock; public class Wheel { int Turn(Bell bell) => bell.There; }"));

        Assert.Equal(
            [
                "Clock/Hands -> Clock/Bells: Bell.Here",
                "Clock/Wheels -> Clock/Bells: Bell",
                "Clock/Wheels -> Clock/Hands: Bell",
                "Clock/Wheels -> Clock/Hands: Bell.There",
            ],
            found.Select(d => $"{d.From} -> {d.To}: {d.Symbol}"));
    }

    [Fact]
    public void Read_AUse_SaysWhere()
    {
        var found = PlantedRooms.Dependences(
            ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell;"),
            ("src/Tower/Hands/Large/Hand.cs", "namespace Tower.Hands.Large;\n\npublic class Hand\n{\n    Clock.Bells.Bell? bell;\n}\n"));

        Assert.Equal([new Dependence(new Room("Tower", "Hands/Large"), new Room("Clock", "Bells"), "Bell", "src/Tower/Hands/Large/Hand.cs", 5)], found);
    }

    [Fact]
    public void Read_FilesAtTheRoot_AreBaseOrFrontDoor()
    {
        var found = PlantedRooms.Dependences(
            new HashSet<string> { "src/Clock/Tower.cs" },
            ("src/Clock/Weight.cs", "namespace Clock; public class Weight;"),
            ("src/Clock/Tower.cs", "namespace Clock; public class Tower { Bells.Bell? bell; }"),
            ("src/Clock/Bells/Bell.cs", "namespace Clock.Bells; public class Bell { Weight? weight; }"));

        Assert.Equal(["Clock (front door) -> Clock/Bells", "Clock/Bells -> Clock"], found.Select(d => $"{d.From} -> {d.To}"));
    }

    [Fact]
    public void Unknown_ANameThatNothingDeclares_IsSaid()
    {
        var hand = new TextFile("src/Clock/Hands/Hand.cs", "namespace Clock.Hands;\nclass Hand { Missing? missing; string Name => nameof(missing); }");
        var reader = new DependenceReader(SourceCompilation.Make([hand], new HashSet<string>()), new HashSet<string>());

        Assert.Equal(["src/Clock/Hands/Hand.cs: 2: Missing"], reader.Unknown);
    }

    // What the hand knows of the bells, where the wheel is in the hand's own room.
    private static string Symbols(string hand) => string.Join(
        ", ",
        PlantedRooms.Dependences(
            ("src/Clock/Bells/Bell.cs", Bells),
            ("src/Clock/Wheels/Wheel.cs", Wheels),
            ("src/Clock/Hands/Hand.cs", Hand(hand)))
            .Where(d => d.From.Folder == "Hands" && d.To.Folder == "Bells")
            .Select(d => d.Symbol));

    private static string Hand(string code) => code.StartsWith("using", StringComparison.Ordinal)
        ? "using Clock.Bells; using Clock.Wheels; " + code.Insert(code.IndexOf(';', StringComparison.Ordinal) + 1, " namespace Clock.Hands;")
        : "using Clock.Bells; using Clock.Wheels; namespace Clock.Hands; " + code;
}
