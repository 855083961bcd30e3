import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** An empty folder that is gone when the file's tests are done. Call it at the top of a file or of a `describe`. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "everydose-test-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
