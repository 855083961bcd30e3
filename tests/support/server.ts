import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromPackage, onMachine, type User } from "./binaries.ts";

export type Server = {
  url: string;
  /** Ends all of its processes as a power cut would end them, and starts it again on what is on the disk. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
};

/** Tests need no disk. What is measured, or killed, keeps what it has acknowledged: then PostgreSQL's own settings. */
const forgetful = "-F -c synchronous_commit=off -c full_page_writes=off";

/** Starts a PostgreSQL of our own that ends when we do, however we end. */
export const startServer = async ({ durable = false } = {}): Promise<Server> => {
  const user = unprivileged();
  const home = reachableFolder(user);
  try {
    const binaries = onMachine(user) ?? fromPackage(home);
    if (user) execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, home]);
    const { keeper, port } = await keep({ binaries, home, user, durable });
    const killAndStart = async () => {
      await killAll(join(home, "data"));
      keeper.stdin?.write("start\n");
      const said = await untilReady(keeper);
      if (!said.includes("everydose-ready")) throw new Error(`PostgreSQL does not start again:\n${said}`);
    };
    const stop = async () => {
      keeper.stdin?.end();
      if (keeper.exitCode === null) await once(keeper, "exit");
    };
    return { url: `postgres://everydose@127.0.0.1:${port}/postgres`, killAndStart, stop };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
};

/** PostgreSQL refuses root, so root lends it an account that can do nothing else. */
const unprivileged = (): User => {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const account = ["postgres", "nobody"].flatMap((name) => accounts.filter(([is]) => is === name))[0];
  if (!account)
    throw new Error("PostgreSQL does not run as root, and there is no account postgres or nobody");
  return { uid: Number(account[2]), gid: Number(account[3]) };
};

/** A new folder that this user can enter; root's TMPDIR may lie in a home that only root can. */
const reachableFolder = (user: User): string => {
  for (const parent of [tmpdir(), "/tmp", "/var/tmp"]) {
    const folder = mkdtempSync(join(parent, "everydose-postgres-"));
    if (user) chownSync(folder, user.uid, user.gid);
    if (spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], { ...user, cwd: "/" }).status === 0) return folder;
    rmSync(folder, { recursive: true });
  }
  throw new Error("no temporary folder that PostgreSQL's account can enter");
};

/**
 * The keeper is the server's parent and holds the other end of our pipe: when we close it, or die in whatever
 * way, it reads the end, stops the server and removes the folder. It has a session of its own, so that Ctrl-C
 * reaches us alone. `immediate` needs no checkpoint, and nothing is worth one here.
 */
const keeperScript = `
  binaries="$1" home="$2" port="$3" settings="$4" data="$2/data"
  start() {
    "$binaries/pg_ctl" start -w -D "$data" -l "$home/log" -o "-h 127.0.0.1 -p $port -k '' $settings \
      -c max_connections=200 -c timezone=UTC -c deadlock_timeout=100ms" || { cat "$home/log"; exit 1; }
    echo everydose-ready
  }
  [ -d "$data" ] || "$binaries/initdb" -D "$data" -U everydose -A trust -E UTF8 --locale=C --no-sync || exit 1
  start
  while read -r _; do start; done
  "$binaries/pg_ctl" stop -m immediate -D "$data" >/dev/null
  rm -rf "$home"`;

type Keeping = { binaries: string; home: string; user: User; durable: boolean };

/** The processes of the server that has this folder, by its own note of them: it first, then those that it started. */
const processesOf = (data: string): number[] => {
  const server = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  const all = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const children = all
    .split("\n")
    .map((line) => line.trim().split(/ +/).map(Number))
    .filter(([, parent]) => parent === server)
    .map(([pid]) => pid as number);
  return [server, ...children];
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const killAll = async (data: string): Promise<void> => {
  const processes = processesOf(data);
  for (const pid of processes) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  // Where nobody collects the dead they look alive; five seconds are enough for what lives.
  for (let wait = 0; wait < 250 && processes.some(isAlive); wait += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
};

/** Somebody may take the free port before the server does; three such coincidences are something else. */
const keep = async ({
  binaries,
  home,
  user,
  durable,
}: Keeping): Promise<{ keeper: ChildProcess; port: number }> => {
  let said = "";
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const port = await freePort();
    const keeper = spawn(
      "/bin/sh",
      ["-c", keeperScript, "keeper", binaries, home, String(port), durable ? "" : forgetful],
      {
        ...user,
        cwd: home,
        env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
        detached: true,
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    said = await untilReady(keeper);
    if (said.includes("everydose-ready")) return { keeper, port };
  }
  throw new Error(`PostgreSQL of ${binaries} does not start:\n${said}`);
};

/** All that was said until it is ready, or until it has ended. */
const untilReady = (keeper: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("everydose-ready")) resolve(said);
    };
    keeper.stdout?.on("data", listen);
    keeper.stderr?.on("data", listen);
    keeper.once("error", reject);
    keeper.once("close", () => resolve(said));
  });

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
};
