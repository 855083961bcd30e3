import type postgres from "postgres";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import { withoutData } from "./error.ts";

/*
 * Row-level security (migrations/0025): what is done for a caller who does not reach everything is done as a role that
 * sees and writes the rows within their reach alone, whatever a query forgot to ask. The gateway's own work keeps the
 * role it connects with, which owns the tables and which no policy binds.
 */

/** How far somebody reaches. Only centres: those, and of what belongs to no centre their regions. */
export type Reach = { regions?: RegionId[]; centres?: CentreId[] };

/** Of the whole server, not of one database: it can do nothing by itself, so all may share it. */
export const tenantRole = "everydose_tenant";

const listed = (ids: readonly string[] = []): string => {
  if (ids.some((id) => !/^[\w-]+$/.test(id))) throw new Error("a region or a centre has a strange name");
  return `'${ids.join()}'`;
};

/**
 * From here to the end of the transaction, only rows within that reach. Nothing of it needs a snapshot, so that a
 * transaction may still choose how it reads.
 */
export const narrowing = ({ regions, centres }: Reach): string => {
  const nowhere = regions?.length === 0 || (!regions && centres?.length === 0);
  return [
    `set local everydose.regions to ${listed(nowhere ? [] : regions)}`,
    `set local everydose.centres to ${listed(nowhere ? [] : centres)}`,
    asTenant,
  ].join(";");
};

export const asTenant = `set local role ${tenantRole}`;
export const asGateway = "set local role none";

/** The gateway's login may neither make the role nor take it on; another login of that server can let it. */
export class NoTenantRole extends Error {
  readonly remedy: string;

  constructor(user: string) {
    super(`${user} may not act as the role ${tenantRole}`);
    this.name = "NoTenantRole";
    this.remedy = `create role ${tenantRole} nologin; grant ${tenantRole} to "${user}"`;
  }
}

const code = (error: unknown): unknown => (error as { code?: unknown }).code;

/** Whether a statement was carried out; `false` where one of these SQLSTATEs says why not. */
const done = async (statement: PromiseLike<unknown>, unless: readonly string[]): Promise<boolean> => {
  try {
    await statement;
    return true;
  } catch (error) {
    if (unless.includes(String(code(error)))) return false;
    throw error;
  }
};

const notAllowed = "42501";
/** Of a role that one would take on, and of one that is to be granted. */
const [noRoleToSet, noRoleToGrant] = ["22023", "42704"] as const;
/** Another gateway of this server has just made it, or has just granted it. */
const othersWereFirst = ["42710", "23505", "XX000"];

const maySet = (sql: postgres.Sql) =>
  done(
    sql.begin((tx) => tx.unsafe(asTenant)),
    [notAllowed, noRoleToSet],
  );

/**
 * Sees to it that the role is there and that this login may take it on: by itself where it may create roles, else
 * somebody has to have done so. Many gateways may start at once, on many databases of one server.
 */
export const bringTenantRole = async (sql: postgres.Sql): Promise<void> => {
  try {
    if (await maySet(sql)) return;
    const unless = [notAllowed, ...othersWereFirst];
    await done(sql.unsafe(`create role ${tenantRole} nologin`), unless);
    await done(sql.unsafe(`grant ${tenantRole} to current_user`), [...unless, noRoleToGrant]);
    if (await maySet(sql)) return;
    const [row] = await sql<{ user: string }[]>`select current_user as user`;
    throw new NoTenantRole(row?.user ?? "this user");
  } catch (error) {
    throw withoutData(error);
  }
};
