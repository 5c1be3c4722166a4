using Escapement.House.Tests.Rooms.Picture;
using Microsoft.CodeAnalysis;

namespace Escapement.House.Tests.Rooms;

/// <summary>The rooms of this checkout.</summary>
public sealed class SourceRoomsTests
{
    [Fact]
    public void Check_TheSources_KnowWhatTheTableSays() =>
        Findings.AssertNone(RoomRules.Check(MeasuredRooms.Now.Table, MeasuredRooms.Now.Graph.Rooms, MeasuredRooms.Now.Dependences));

    [Fact]
    public void Find_TheSources_HaveNoKnot() => Findings.AssertNone(Knot.Find(MeasuredRooms.Now.Graph).Select(knot => knot.ToString()));

    [Fact]
    public void Draw_TheSources_GiveThePictureInTheDocumentation() =>
        Assert.True(
            RoomPicture.WithoutCounts(RoomPicture.Draw(MeasuredRooms.Now.Graph, MeasuredRooms.Now.Sizes)) == RoomPicture.WithoutCounts(Repository.Read(RoomPicture.Path)),
            $"{RoomPicture.Path} shows other rooms than there are; draw it again: dotnet run --project scripts/rooms -- picture");

    // A reference that is missing would hide dependences instead of failing anything. Only what source generators add is not there.
    [Fact]
    public void Make_TheSources_LacksNothingButGeneratedCode()
    {
        string[] generated = ["CS8795", "CS0534", "CS7036"];

        Findings.AssertNone(
            MeasuredRooms.Now.Compilation.GetDeclarationDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !generated.Contains(diagnostic.Id))
                .Select(diagnostic => diagnostic.ToString()));
    }
}
