import assert from "node:assert/strict";
import test from "node:test";
import { DCLinter } from "dclint";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseDocument } from "yaml";
import { port, read, root, shutdownSeconds } from "./server.js";

const file = "deploy/compose/compose.yaml";
const document = parseDocument(read(file), { strict: true, merge: true });
const compose = document.toJS();
const nodes = Object.entries(compose.services).filter(([name]) => name.startsWith("node-"));

// Rules about what a file means; those about the order of its lines are left to whoever writes it. The name of an image beside
// its build says what the build makes, so that three services share one.
const lint = (paths) => new DCLinter({ rules: {
  "no-build-and-image": 0,
  "service-keys-order": 0,
  "top-level-properties-order": 0,
  "services-alphabetical-order": 0,
  "no-unbound-port-interfaces": 2,
  "no-version-field": 2,
  "require-project-name-field": 2,
  "require-quotes-in-ports": 2,
  "service-image-require-explicit-tag": 2,
}, quiet: true, debug: false, exclude: [] }).lintFiles(paths, false).flatMap((r) => r.messages.map((m) => `${m.line}: ${m.message}`));

const lintText = (text) => {
  const folder = mkdtempSync(path.join(tmpdir(), "escapement-compose-"));
  try {
    const copy = path.join(folder, "compose.yaml");
    writeFileSync(copy, text);
    return lint([copy]);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test("the file follows the schema of the compose specification and the rules of a linter", () => {
  assert.deepEqual([...document.errors, ...document.warnings], []);
  assert.deepEqual(lint([`${root}${file}`]), []);
});

test("a field that the specification does not know would be found", () => {
  assert.match(lintText(read(file).replace("depends_on:", "depend_on:")).join("\n"), /node-1.*additional properties/);
});

test("three nodes wait for a healthy database and are asked for their own health", () => {
  assert.equal(nodes.length, 3);
  assert.ok(compose.services.postgres.healthcheck.test.includes("pg_isready"));
  for (const [name, node] of nodes) {
    assert.deepEqual(node.depends_on, { postgres: { condition: "service_healthy" } });
    assert.deepEqual(node.healthcheck.test, ["CMD", "dotnet", "/app/escapement-server.dll", "--check"]);
    assert.equal(node.hostname, name);
    assert.match(node.ports.join(), new RegExp(`^127\\.0\\.0\\.1:\\d+:${port}$`));
    assert.ok(Number.parseInt(node.stop_grace_period, 10) >= shutdownSeconds);
    assert.ok(node.volumes.every((v) => v.split(":")[0] in compose.volumes));
  }
  assert.equal(new Set(nodes.map(([, n]) => n.ports[0])).size, 3);
});

test("the password comes from the environment alone, and without one nothing starts", () => {
  for (const line of read(file).split("\n").filter((l) => /password/i.test(l) && !l.startsWith("#"))) {
    assert.match(line, /\$\{ESCAPEMENT_DATABASE_PASSWORD:\?/);
  }
  assert.match(read(".gitignore"), /^\/deploy\/compose\/\.env$/m);
  assert.match(read("deploy/compose/.env.example"), /^ESCAPEMENT_DATABASE_PASSWORD=$/m);
});
