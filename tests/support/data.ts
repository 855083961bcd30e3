import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const folder = process.env.EVERYDOSE_TEST_DATA ?? beside;

/** Why a test that needs more than the project ships is skipped. */
export const noData = "needs the data folder, which is no part of the project: set EVERYDOSE_TEST_DATA to it";

/** The path of a file of the data folder, or nothing where it is absent. */
export const dataFile = (name: string): string | undefined => {
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
};
