import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import * as apps from "kubernetes-models/apps/v1";
import * as policy from "kubernetes-models/policy/v1";
import * as core from "kubernetes-models/v1";
import { parseAllDocuments } from "yaml";
import { compilationBytes, healthPaths, port, read, shutdownSeconds, version, workerBytes } from "./server.js";

const documents = parseAllDocuments(read("deploy/kubernetes/escapement.yaml"), { strict: true, uniqueKeys: true });
const objects = documents.map((d) => d.toJS());
const one = (kind) => {
  const found = objects.filter((o) => o.kind === kind);
  assert.equal(found.length, 1, `one ${kind}`);
  return found[0];
};
const models = { v1: core, "apps/v1": apps, "policy/v1": policy };
const pod = () => one("Deployment").spec.template.spec;
const server = () => pod().containers[0];
const bytes = (quantity) => Number(/^(\d+)(Mi|Gi)$/.exec(quantity)[1]) * 1024 ** (quantity.endsWith("Gi") ? 3 : 2);

/** What the type checker says of an object of an API; the types know every field, where the validators pass over those they do not know. */
function unknownFields(list) {
  const folder = mkdtempSync(path.join(import.meta.dirname, "node_modules", ".objects-"));
  try {
    const lines = list.map((o) => `(${JSON.stringify(o)}) satisfies import("kubernetes-models/${o.apiVersion}/${o.kind}").I${o.kind};`);
    writeFileSync(path.join(folder, "objects.ts"), `${lines.join("\n")}\nexport {};\n`);
    const tsc = path.join(import.meta.dirname, "node_modules", ".bin", "tsc");
    execFileSync(tsc, ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--types", "", path.join(folder, "objects.ts")], { encoding: "utf8" });
    return "";
  } catch (e) {
    return e.stdout || String(e);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("every document is valid YAML and an object of its API", () => {
  for (const [i, document] of documents.entries()) {
    assert.deepEqual([...document.errors, ...document.warnings], []);
    const { apiVersion, kind } = objects[i];
    new models[apiVersion][kind](objects[i]).validate();
  }
  assert.deepEqual(objects.map((o) => o.kind), ["ServiceAccount", "ConfigMap", "Deployment", "PodDisruptionBudget", "Service"]);
});

test("no document has a field that its API does not know", () => {
  assert.equal(unknownFields(objects), "");
});

test("a misspelt field, and one with a wrong type, would be found", () => {
  const misspelt = structuredClone(one("Deployment"));
  misspelt.spec.template.spec.containers[0].readinesProbe = {};
  assert.match(unknownFields([misspelt]), /readinesProbe/);
  const wrong = structuredClone(one("Deployment"));
  wrong.spec.replicas = "three";
  assert.throws(() => new apps.Deployment(wrong).validate(), /replicas/);
});

test("what refers to each other by a label or a name agrees", () => {
  const deployment = one("Deployment");
  const labels = deployment.spec.template.metadata.labels;
  const selectors = [
    deployment.spec.selector.matchLabels,
    one("Service").spec.selector,
    one("PodDisruptionBudget").spec.selector.matchLabels,
    ...pod().topologySpreadConstraints.map((c) => c.labelSelector.matchLabels),
  ];
  for (const selector of selectors) {
    assert.deepEqual(selector, labels);
  }
  assert.equal(pod().serviceAccountName, one("ServiceAccount").metadata.name);
  assert.equal(server().envFrom[0].configMapRef.name, one("ConfigMap").metadata.name);
  assert.deepEqual(server().volumeMounts.map((m) => m.name).sort(), pod().volumes.map((v) => v.name).sort());
});

test("port and probes are those of the server", () => {
  assert.deepEqual(server().ports, [{ name: "http", containerPort: port }]);
  assert.equal(one("Service").spec.ports[0].targetPort, "http");
  const { startupProbe, livenessProbe, readinessProbe } = server();
  assert.deepEqual([startupProbe, livenessProbe, readinessProbe].map((p) => p.httpGet), [
    { path: "/healthz", port: "http" },
    { path: "/healthz", port: "http" },
    { path: "/readyz", port: "http" },
  ]);
  assert.deepEqual(healthPaths, ["/healthz", "/readyz"]);
  assert.match(server().image, new RegExp(`:${version.replaceAll(".", "\\.")}$`));
});

test("three nodes, never fewer in a rollout, one at a time in a disruption, and time to stop", () => {
  const { replicas, strategy } = one("Deployment").spec;
  assert.equal(replicas, 3);
  assert.equal(strategy.rollingUpdate.maxUnavailable, 0);
  assert.equal(one("PodDisruptionBudget").spec.maxUnavailable, 1);
  const before = server().lifecycle.preStop.sleep.seconds;
  assert.ok(pod().terminationGracePeriodSeconds >= before + shutdownSeconds, `${before} + ${shutdownSeconds} s`);
});

test("a pod cannot do what it does not need to, and guests fit into its memory", () => {
  assert.equal(pod().securityContext.runAsNonRoot, true);
  assert.equal(pod().automountServiceAccountToken, false);
  assert.deepEqual(server().securityContext, { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } });
  assert.ok(pod().volumes.every((v) => v.emptyDir));
  const slots = Number(one("ConfigMap").data.ESCAPEMENT__Sandbox__Slots);
  const host = bytes("300Mi");
  assert.ok(host + workerBytes(slots) + compilationBytes <= bytes(server().resources.limits.memory), "all fits, at the very most");
});

test("the connection string is in no file", () => {
  const connection = server().env.find((e) => e.name === "ESCAPEMENT__PostgreSql__ConnectionString");
  assert.deepEqual(Object.keys(connection.valueFrom), ["secretKeyRef"]);
  assert.doesNotMatch(JSON.stringify(objects), /password/i);
});
