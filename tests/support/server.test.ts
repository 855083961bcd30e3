import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { startServer } from "./server.ts";

const ask = async (url: string): Promise<string> => {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    const [row] = await sql<{ directory: string }[]>`select current_setting('data_directory') as directory`;
    return row?.directory ?? "";
  } finally {
    await sql.end();
  }
};

/** By a bare socket: the driver waits for ever where a server goes away in the middle of a greeting. */
const listens = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });

const isGone = async (url: string, directory: string) => {
  expect(await listens(url)).toBe(false);
  expect(existsSync(directory)).toBe(false);
};

test("a stopped server is gone, and its folder too", async () => {
  const server = await startServer();
  const directory = await ask(server.url);
  await server.stop();
  await isGone(server.url, directory);
});

test("a server does not outlive a test run that was killed", async () => {
  const program = fileURLToPath(new URL("./starter.ts", import.meta.url));
  const run = spawn(process.execPath, ["--import", "tsx", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(run.stdout, "data");
  const directory = await ask(String(url));
  run.kill("SIGKILL");
  await vi.waitFor(() => isGone(String(url), directory), 30_000);
});
