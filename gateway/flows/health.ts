import { isUnreachable, ping } from "../store/db.ts";
import type { Deps } from "./deps.ts";

export { isUnreachable };

/** Whether the database answers within that time, in milliseconds. */
export const databaseAnswers = async ({ db }: Pick<Deps, "db">, withinMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), withinMs);
  });
  const answered = ping(db).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
};
