using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.OpenApi;

public sealed class SchemaCheckTests
{
    private const string Document = """
        {"components":{"schemas":{"Run":{"type":"object","required":["id"],"properties":{
          "id":{"type":"string"},"count":{"type":["null","integer"]},"tags":{"type":"array","items":{"type":"string"}},
          "state":{"enum":["a","b"]},"either":{"oneOf":[{"type":"null"},{"type":"number"}]},
          "errors":{"type":"object","additionalProperties":{"type":"string"}}}}}}}
        """;

    // These would pass if the check saw nothing.
    [Theory]
    [InlineData("""{"id":"x","count":null,"tags":["y"],"state":"a","either":1.5,"errors":{"f":"m"}}""", null)]
    [InlineData("""{"id":"x","count":3}""", null)]
    [InlineData("""{}""", "$.id is missing")]
    [InlineData("""[]""", "$ is Array and not \"object\"")]
    [InlineData("""{"id":1}""", "$.id is Number and not \"string\"")]
    [InlineData("""{"id":null}""", "$.id is null and not \"string\"")]
    [InlineData("""{"id":"x","count":1.5}""", "$.count is Number and not [\"null\",\"integer\"]")]
    [InlineData("""{"id":"x","tags":[true]}""", "$.tags[0] is True and not \"string\"")]
    [InlineData("""{"id":"x","state":"c"}""", "$.state is none of [\"a\",\"b\"]")]
    [InlineData("""{"id":"x","either":"no"}""", "$.either is as none of [{\"type\":\"null\"},{\"type\":\"number\"}] says")]
    [InlineData("""{"id":"x","errors":{"f":1}}""", "$.errors.f is Number and not \"string\"")]
    [InlineData("""{"id":"x","more":1}""", "$.more is in no schema")]
    public void Find_Value_SaysWhatIsWrongWithIt(string value, string? fault) => Assert.Equal(
        fault is null ? [] : [fault],
        new SchemaCheck(JsonNode.Parse(Document)!).Find(JsonNode.Parse("""{"$ref":"#/components/schemas/Run"}""")!, JsonNode.Parse(value)));

    [Fact]
    public void Find_KeywordThatNobodyKnows_Fails() =>
        Assert.Single(new SchemaCheck(JsonNode.Parse("{}")!).Find(JsonNode.Parse("""{"minimum":1}""")!, JsonNode.Parse("0")));
}
