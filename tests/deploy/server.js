// What the server says of itself, read from where it says it, so that deploy files and server cannot drift apart.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export const read = (path) => readFileSync(`${root}${path}`, "utf8");

const find = (path, pattern) => {
  const match = pattern.exec(read(path));
  if (!match) {
    throw new Error(`${path} no longer holds ${pattern}`);
  }
  return match[1];
};

export const port = Number(find("src/Escapement.Server/Configuration/ServerSettings.cs", /DefaultUrls = "http:\/\/127\.0\.0\.1:(\d+)"/));

export const healthPaths = [...read("src/Escapement.AspNetCore/Health/HealthEndpoints.cs").matchAll(/MapGet\("(\/\w+)"/g)].map((m) => m[1]);

export const wrongSettings = Number(find("src/Escapement.Server/Starting/ExitCode.cs", /WrongSettings = (\d+)/));

/** How long a stop may take by the defaults, in seconds: for running extensions, and for what is left to write. */
export const shutdownSeconds =
  Number(find("src/Escapement/Firing/FiringOptions.cs", /ShutdownTimeout \{ get; init; \} = TimeSpan\.FromSeconds\((\d+)\)/)) +
  Number(find("src/Escapement.Server/Starting/ServerLimits.cs", /AfterTheEngine = TimeSpan\.FromSeconds\((\d+)\)/));

const mebibytes = (path, pattern) => Number(find(path, pattern)) * 1024 * 1024;
const limits = (name) => mebibytes("src/Escapement.Wasm/Workers/WorkerLimits.cs", new RegExp(`${name} = (\\d+)L << 20`));

/** The most memory that worker processes with so many slots may hold by default, in bytes. */
export function workerBytes(slots) {
  const options = "src/Escapement.Wasm/WasmSandboxOptions.cs";
  const guest = 2 * mebibytes(options, /MemoryLimit \{ get; set; \} = (\d+)L << 20/) + limits("HeapOfGuest");
  return Number(find(options, /int Workers \{ get; set; \} = (\d+)/)) * limits("BeforeGuests") + slots * guest;
}

/** The most memory of a compilation, in bytes. */
export const compilationBytes = 2 ** Number(find("src/Escapement.Wasm/Workers/CompileLimits.cs", /Memory \{ get; init; \} = 1L << (\d+)/));

export const version = find("Directory.Build.props", /<Version>(.+)<\/Version>/);
