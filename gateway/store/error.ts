import { DrizzleQueryError } from "drizzle-orm/errors";
import postgres from "postgres";

/**
 * What the database refused, told without data. The driver's own errors carry the statement's parameters, and
 * the server's `detail`, `where` and, for a value it cannot read, `message` quote them: names and numbers of
 * people. So this has no `cause`: only the SQLSTATE, and the names of the table, the column and the constraint.
 */
export class StoreError extends Error {
  /** SQLSTATE of the server ("23505"), or the driver's own code ("ECONNREFUSED", "CONNECTION_CLOSED"). */
  readonly code: string;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(error: Error, code: string) {
    super(`${describe(error, code)} (${code})`);
    this.name = "StoreError";
    this.code = code;
    if (error instanceof postgres.PostgresError) {
      this.table = error.table_name;
      this.column = error.column_name;
      this.constraint = error.constraint_name;
    }
  }
}

/** SQLSTATE classes whose messages name tables, columns, users and states of the server, never a value. */
const harmless = new Set(["08", "25", "28", "3D", "40", "42", "53", "55", "57"]);

const describe = (error: Error, code: string): string => {
  if (!(error instanceof postgres.PostgresError)) return "no answer came from the database";
  if (harmless.has(code.slice(0, 2))) return error.message;
  const what = [error.table_name, error.column_name, error.constraint_name].filter(Boolean).join(".");
  return what ? `the database refused a value of ${what}` : "the database refused a value";
};

const hasCode = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string";

/** Whatever a query threw, fit to leave the store; an error that no query caused is returned as it is. */
export const withoutData = (error: unknown): unknown => {
  if (error instanceof DrizzleQueryError) {
    const { cause } = error;
    return hasCode(cause)
      ? new StoreError(cause, cause.code)
      : new Error("the driver could not send a query");
  }
  if (error instanceof postgres.PostgresError) return new StoreError(error, error.code);
  // The driver hangs statement and parameters on errors of the connection as well, and else the server's address.
  const ofDriver = hasCode(error) && ("parameters" in error || error.code.startsWith("CONNECTION_"));
  return ofDriver ? new StoreError(error, error.code) : error;
};

/** Two transactions waited for each other and the database stopped this one; it may simply be run again. */
export const isDeadlock = (error: unknown): boolean => error instanceof StoreError && error.code === "40P01";

/** A column or a constraint does not take this value: no repeat will store it. */
export const isRefusedValue = (error: unknown): boolean =>
  error instanceof StoreError && (error.code.startsWith("22") || error.code.startsWith("23"));

/** Somebody else was first with what may be there only once. */
export const isTaken = (error: unknown): boolean => error instanceof StoreError && error.code === "23505";

/** SQLSTATE of a server that starts, stops, is full or took too long, and codes of the driver and the system for no connection. */
const unreachable = /^(08\w{3}|57014|57P0[123]|53300|CONNECT_TIMEOUT|CONNECTION_\w+|E[A-Z]{4,})$/;

/** Nothing is wrong with what was asked: the database does not answer, and may later. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof StoreError && unreachable.test(error.code);

/** The connection that was asked is gone, or about to be: what it began is undone, and it takes no further word. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof StoreError && /^(57P0[123]|CONNECTION_\w+|E[A-Z]{4,})$/.test(error.code);
