namespace Escapement.House.Tests.Files;

/// <summary>The planted secrets are put together here, so that this file holds none.</summary>
public sealed class SecretsTests
{
    private const string Random = "q8Zr2LwX0vTb5NcY";

    [Theory]
    [InlineData("-----BEGIN ", "PRIVATE KEY-----", "a private key")]
    [InlineData("-----BEGIN ", "OPENSSH PRIVATE KEY-----", "a private key")]
    [InlineData("AKIA", "ABCDEFGHIJKLMNOP", "an access key of AWS")]
    [InlineData("ghp_", "abcdefghijklmnopqrstuvwxyz0123456789", "a token of GitHub")]
    [InlineData("xoxb-", "1234567890-abc", "a token of Slack")]
    [InlineData("npm_", "abcdefghijklmnopqrstuvwxyz0123456789", "a token of npm")]
    [InlineData("oy2", "abcdefghijklmnopqrstuvwxyz01234567890abcdef", "a key of NuGet")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3In0.abcdefghijkl", "a JSON web token")]
    [InlineData("esc_", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "a token of Escapement")]
    [InlineData("Host=db;Password=", "correct-horse-1", "a password")]
    [InlineData("Pwd=", "hunter22; Database=d", "a password")]
    [InlineData("postgres://clock:", "hunter22@db/clock", "a password")]
    [InlineData("const apiKey = \"", Random + "\";", "a value that looks like a secret")]
    [InlineData("\"client_secret\": \"", Random + "\"", "a value that looks like a secret")]
    [InlineData("ACCESS_TOKEN='", Random + "'", "a value that looks like a secret")]
    public void Find_ASecret_SaysWhereAndWhat(string begin, string rest, string what) =>
        Assert.Equal([$"a.txt: 2: {what}"], Secrets.Find([new TextFile("a.txt", $"one\n{begin}{rest}\n")]));

    [Theory]
    [InlineData(".env")]
    [InlineData("deploy/.env")]
    [InlineData("deploy/.env.local")]
    [InlineData("deploy/production.env")]
    public void Find_AnEnvironmentFile_IsFound(string path) =>
        Assert.Equal([$"{path}: a file of environment variables, of which only examples are kept"], Secrets.Find([new TextFile(path, "")]));

    [Theory]
    [InlineData("deploy/.env.example")]
    [InlineData("docs/environment.md")]
    [InlineData("src/Environment.cs")]
    public void Find_AnotherFile_IsNotFound(string path) => Assert.Empty(Secrets.Find([new TextFile(path, "")]));

    [Theory]
    [InlineData("Host=db;Username=escapement;Password=...;Database=escapement")]
    [InlineData("Password=${DATABASE_PASSWORD_2}")]
    [InlineData("Password=<your 2nd password>")]
    [InlineData("Password={password1}")]
    [InlineData("Password=secret-word;Database=d")]
    [InlineData("password=$(openssl rand -hex 24)")]
    [InlineData("public const string SecretsGet = \"cap:secrets.get\";")]
    [InlineData("token: \"0000000000000001\"")]
    [InlineData("https://localhost:8080/t/acme")]
    [InlineData("esc_your-token")]
    [InlineData("esc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    public void Find_WhatStandsForASecret_IsNotFound(string text) => Assert.Empty(Secrets.Find([new TextFile("a.txt", text)]));
}
