import { readFile, rename, writeFile } from "node:fs/promises";
import type { Log } from "../../schema/adapter.ts";

/** A simulator's state in a file: as it was kept, or nothing at the first start. */
export const readState = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${file} is not readable; remove it, and that platform begins anew`, { cause: error });
  }
};

const everyMs = 5_000;

/**
 * Writes the state every five seconds where it changed, and once more on `close`. The file is replaced whole, so
 * that a start after a crash never reads half of it. This keeps real time, whatever the demonstration's clock says.
 */
export const keepState = ({ file, state, log }: { file: string; state: unknown; log: Log }) => {
  let written = "";
  let writing = Promise.resolve();
  const write = async () => {
    const text = JSON.stringify(state);
    if (text === written) return;
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
    written = text;
  };
  const save = (): Promise<void> => {
    writing = writing.then(write, write);
    return writing;
  };
  const tell = () =>
    log.warn({ file }, "a simulator's state could not be written; tried again in five seconds");
  const timer = setInterval(() => void save().catch(tell), everyMs).unref();
  return {
    close: async (): Promise<void> => {
      clearInterval(timer);
      await save();
    },
  };
};
