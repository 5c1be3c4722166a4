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

/** The most memory that one guest may take by default, in bytes. */
export const guestBytes = Number(find("src/Escapement.Wasm/WasmSandboxOptions.cs", /MemoryLimit \{ get; set; \} = (\d+)L << 20/)) * 1024 * 1024;

export const version = find("Directory.Build.props", /<Version>(.+)<\/Version>/);
