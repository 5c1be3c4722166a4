using Escapement.PostgreSql.Migrations;

namespace Escapement.PostgreSql.Tests.Migrations;

public sealed class LaterMigrationTests
{
    [Fact]
    public void Migrations_AfterTheFirst_HaveNothingThatCitusRefuses() =>
        Assert.Empty(Migration.All.Where(m => m.Number > 1).SelectMany(m => LaterMigrations.FindProblems(m.Script).Select(p => $"{m.Name}: {p}")));

    // These would pass the rules if the rules saw nothing.
    [Theory]
    [InlineData("UPDATE installs SET updated_at = clock_timestamp()", "UPDATE with clock_timestamp(: shards would get different values")]
    [InlineData("UPDATE installs SET updated_at = created_at + interval '1 day'", "UPDATE with interval: shards would get different values")]
    [InlineData("CREATE UNIQUE INDEX by_id ON schedules (id)", "unique key of schedules that does not begin with the bucket")]
    [InlineData("ALTER TABLE runs ADD CONSTRAINT one UNIQUE (id, bucket)", "unique key of runs that does not begin with the bucket")]
    [InlineData("CREATE TABLE grants (bucket smallint, id uuid, PRIMARY KEY (id))", "unique key of grants that does not begin with the bucket")]
    [InlineData("CREATE TABLE grants (\n  id uuid NOT NULL PRIMARY KEY,\n  bucket smallint)", "unique key of grants that does not begin with the bucket")]
    [InlineData(
        "CREATE TABLE grants (bucket smallint, v uuid REFERENCES versions (id), i uuid, FOREIGN KEY (bucket, i) REFERENCES installs (bucket, id))",
        "grants is made with references to both kinds of table: add them once it is distributed")]
    public void FindProblems_WhatCitusRefuses_IsFound(string script, string expected) =>
        Assert.Equal([expected], LaterMigrations.FindProblems($"-- A comment; with clock_timestamp().\n{script};"));

    [Theory]
    [InlineData("UPDATE installs SET granted = '[]'")]
    [InlineData("CREATE UNIQUE INDEX by_id ON schedules (bucket, id)")]
    [InlineData("CREATE UNIQUE INDEX by_hash ON tokens (sha256)")]
    [InlineData("ALTER TABLE versions ADD CONSTRAINT one UNIQUE (id)")]
    [InlineData("CREATE INDEX by_node ON runs (bucket, node)")]
    [InlineData("CREATE TABLE grants (bucket smallint, i uuid, PRIMARY KEY (bucket, i), FOREIGN KEY (bucket, i) REFERENCES installs (bucket, id))")]
    public void FindProblems_WhatCitusTakes_Passes(string script) => Assert.Empty(LaterMigrations.FindProblems($"{script};"));
}
