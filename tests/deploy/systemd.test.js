import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { read, root, shutdownSeconds, wrongSettings } from "./server.js";

const file = "deploy/systemd/escapement.service";

/** Sections of key=value lines; a line that is neither is a mistake. */
function parse(text) {
  const sections = {};
  let section;
  for (const line of text.split("\n").map((l) => l.trim()).filter((l) => l && !l.startsWith("#"))) {
    const [, name] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (name) {
      section = sections[name] = {};
      continue;
    }
    const [, key, value] = /^([A-Z]\w+)=(.*)$/.exec(line) ?? assert.fail(`not a setting: ${line}`);
    assert.ok(!(key in section), `${key} twice`);
    section[key] = value;
  }
  return sections;
}

const unit = parse(read(file));

// By rules, on every machine, because not every machine has systemd to ask.
test("the unit starts the server, and again unless its settings are wrong", () => {
  assert.deepEqual(Object.keys(unit), ["Unit", "Service", "Install"]);
  assert.match(unit.Service.ExecStart, /^\/usr\/bin\/dotnet \/opt\/escapement\/escapement-server\.dll /);
  assert.equal(unit.Service.Restart, "on-failure");
  assert.equal(Number(unit.Service.RestartPreventExitStatus), wrongSettings);
  assert.equal(unit.Install.WantedBy, "multi-user.target");
});

test("it has time to stop, and its folder", () => {
  assert.equal(unit.Service.KillSignal, "SIGTERM");
  assert.equal(unit.Service.KillMode, "mixed");
  assert.ok(Number(unit.Service.TimeoutStopSec) >= shutdownSeconds);
  assert.ok(unit.Service.ExecStart.includes(`--data /var/lib/${unit.Service.StateDirectory} `));
  assert.equal(unit.Service.StateDirectoryMode, "0700");
});

test("it may do no more than it needs, and may make machine code", () => {
  assert.equal(unit.Service.DynamicUser, "yes");
  for (const key of ["NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelModules", "RestrictNamespaces"]) {
    assert.equal(unit.Service[key], "yes", key);
  }
  assert.equal(unit.Service.ProtectSystem, "strict");
  assert.equal(unit.Service.CapabilityBoundingSet, "");
  assert.ok(!("MemoryDenyWriteExecute" in unit.Service));
});

test("it may make control groups for its processes", () => {
  assert.equal(unit.Service.Delegate, "memory");
  assert.ok(unit.Service.DelegateSubgroup);
  assert.ok(!("ProtectControlGroups" in unit.Service));
});

// A check that could not be made must not count as one that was.
if (spawnSync("systemd-analyze", ["--version"]).error) {
  console.log("There is no systemd-analyze here: the unit is checked by the rules above alone");
} else {
  test("systemd itself has nothing to say about it", () => {
    const answer = spawnSync("systemd-analyze", ["verify", "--recursive-errors=no", `${root}${file}`], { encoding: "utf8" });
    // It also looks whether the program is there, which it is where the unit is installed. One older than 254 does not know one of the settings.
    const said = answer.stderr.split("\n").filter((l) => l && !/is not executable: No such file|Unknown key 'DelegateSubgroup'/.test(l));
    assert.deepEqual(said, []);
  });
}
