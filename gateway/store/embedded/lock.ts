import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/*
 * PGlite does not lock its data: of two processes that write, one's commits vanish without a word. So a file in
 * the directory names the process that holds it. Two containers that share a volume cannot see each other's
 * processes, and neither can this lock: give each its own.
 */

type Lock = { release(): Promise<void> };

/** Process numbers are used again, in a restarted container at once; a number and its start time together are not. */
const Holder = z.object({ id: z.string(), pid: z.number().int().positive(), began: z.string().nullable() });
type Holder = z.infer<typeof Holder>;

/** Its message says whose the directory is and what to do, and is all that an operator needs to see. */
export class DirectoryInUse extends Error {
  override readonly name = "DirectoryInUse";
}

/** Takes the directory until it is released or this process ends, however it ends. */
export const lockDirectory = async (directory: string): Promise<Lock> => {
  const file = join(directory, "lock");
  const me: Holder = { id: randomUUID(), pid: process.pid, began: await beginningOf(process.pid) };
  // Written aside and then linked, so that nobody ever reads half of it.
  const mine = join(directory, `lock.${me.id}`);
  await writeFile(mine, JSON.stringify(me), { mode: 0o600 });
  try {
    if (!(await claim(mine, file))) await succeed({ mine, file, directory });
  } finally {
    await rm(mine, { force: true });
  }
  const release = async () => {
    const holder = await holderOf(file);
    if (holder !== "unreadable" && holder?.id === me.id) await rm(file);
  };
  return { release };
};

/**
 * Takes the lock over from a holder that has died. One at a time: two that both found it dead must not both do so.
 */
const succeed = async ({ mine, file, directory }: { mine: string; file: string; directory: string }) => {
  const gate = `${file}.succession`;
  if (!(await claim(mine, gate))) {
    throw new DirectoryInUse(
      `${directory} is being taken by another process; if there is none, remove ${gate}`,
    );
  }
  try {
    const holder = await holderOf(file);
    if (holder === undefined) {
      if (!(await claim(mine, file)))
        throw new DirectoryInUse(`${directory} was taken this moment; try again`);
    } else if (holder !== "unreadable" && (await isAlive(holder))) {
      throw new DirectoryInUse(
        `${directory} is in use by process ${holder.pid}; stop it or set EVERYDOSE_DATA to another directory`,
      );
    } else {
      await rename(mine, file);
    }
  } finally {
    await rm(gate);
  }
};

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Whether the name was free. Linking, unlike renaming, never replaces. */
const claim = async (mine: string, name: string): Promise<boolean> => {
  try {
    await link(mine, name);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
};

/** Unreadable is what a power failure leaves of a file: its writer is gone too. */
const holderOf = async (file: string): Promise<Holder | "unreadable" | undefined> => {
  try {
    return Holder.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    if (error instanceof SyntaxError || error instanceof z.ZodError) return "unreadable";
    throw error;
  }
};

const isAlive = async ({ pid, began }: Holder): Promise<boolean> => {
  const now = await beginningOf(pid);
  if (now === "ended") return false;
  return now === null || began === null ? exists(pid) : now === began;
};

const exists = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
};

/** Which boot of the machine, and when within it (field 22 of proc_pid_stat(5)); null where there is no /proc. */
const beginningOf = async (pid: number): Promise<string | null> => {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name, which may hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A killed process keeps its number until its parent asks after it, and some containers' first process never does.
    return fields[0] === "Z" ? "ended" : `${boot.trim()} ${fields[19]}`;
  } catch {
    return null;
  }
};
