import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { port, read, root } from "./server.js";

const file = read("deploy/container/Containerfile");
const instructions = DockerfileParser.parse(file).getInstructions();
const all = (keyword) => instructions.filter((i) => i.getKeyword() === keyword);
const last = (keyword) => all(keyword).at(-1).getArgumentsContent();

test("the linter finds nothing", () => {
  assert.deepEqual(validate(file).map((d) => `${d.range.start.line + 1}: ${d.message}`), []);
});

test("a wrong instruction would be found", () => {
  assert.match(validate(file.replace("\nENTRYPOINT", "\nENTRYPONT"))[0].message, /ENTRYPONT/);
  assert.match(validate(file.replace("COPY --from=build", "COPY --form=build"))[0].message, /form/);
});

test("a chiselled image with time zone data, without root, that stops in good order", () => {
  assert.match(last("FROM"), /aspnet:10\.0-noble-chiseled-extra AS final$/);
  assert.match(last("USER"), /^[1-9]\d+$/);
  const data = all("COPY").at(-1);
  assert.deepEqual(data.getFlags().map(String), ["--from=build", `--chown=${last("USER")}:${last("USER")}`]);
  assert.equal(data.getArguments().at(-1).getValue(), last("VOLUME"));
  assert.equal(last("STOPSIGNAL"), "SIGTERM");
  assert.equal(last("VOLUME"), "/var/lib/escapement");
  assert.equal(last("ENTRYPOINT"), '["dotnet", "/app/escapement-server.dll"]');
});

test("nothing runs in the final stage, which has no shell", () => {
  const final = instructions.slice(instructions.indexOf(all("FROM").at(-1)));
  assert.deepEqual(final.filter((i) => i.getKeyword() === "RUN"), []);
});

test("it listens where it says", () => {
  assert.equal(last("EXPOSE"), String(port));
  assert.match(last("ENV"), new RegExp(`ESCAPEMENT__Urls=http://\\+:${port}\\b`));
});

test("what it copies is there and reaches the build", () => {
  const ignored = read(".dockerignore");
  for (const copy of all("COPY").filter((c) => !c.getFlags().some((f) => f.getName() === "from"))) {
    for (const source of copy.getArguments().slice(0, -1).map((a) => a.getValue().replace(/\/$/, ""))) {
      assert.ok(existsSync(`${root}${source}`), source);
      assert.match(ignored, new RegExp(`^!${source.replaceAll(".", "\\.")}$`, "m"));
    }
  }
});
