import { AsyncLocalStorage } from "node:async_hooks";
import type { ExtractTablesWithRelations } from "drizzle-orm";
import {
  type PgDatabase,
  PgDialect,
  type PgPreparedQuery,
  type PgTransactionConfig,
  type PreparedQueryConfig,
} from "drizzle-orm/pg-core";
import { drizzle, PostgresJsDatabase } from "drizzle-orm/postgres-js/driver";
import {
  type PostgresJsQueryResultHKT,
  PostgresJsSession,
  PostgresJsTransaction,
} from "drizzle-orm/postgres-js/session";
import type { Sql, TransactionSql } from "postgres";
import { withoutData } from "./error.ts";

type None = Record<string, never>;
type Tables = ExtractTablesWithRelations<None>;
type Base = PostgresJsSession<Sql, None, Tables>;
type Transaction = PostgresJsTransaction<None, Tables>;

/** The database, or a transaction of it: what every function of the store takes first. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, None, Tables>;

/** Where queries go: the pool, or one transaction. `within` knows the transaction that the caller runs in. */
type Place = { dialect: PgDialect; within: AsyncLocalStorage<{ isOpen: boolean }>; isTransaction: boolean };

const bare = (error: unknown): never => {
  throw withoutData(error);
};

/**
 * Drizzle's session, with two promises of our own. No error leaves it with data in it. And a query beside the
 * transaction that awaits it is refused on every database. On the embedded one, which has a single connection, it
 * would wait for ever; on a server, enough of them at once would each hold a connection and wait for another.
 */
class StoreSession<Client extends Sql> extends PostgresJsSession<Client, None, Tables> {
  readonly #place: Place;

  constructor(client: Client, place: Place) {
    super(client, place.dialect, undefined);
    this.#place = place;
  }

  /** Every query is given a name, so that the driver prepares it once: two to three times as many a second. */
  override prepareQuery<Config extends PreparedQueryConfig>(
    ...[query, fields, name = "any", ...rest]: Parameters<Base["prepareQuery"]>
  ): PgPreparedQuery<Config> {
    const prepared = super.prepareQuery(query, fields, name, ...rest);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = async (values) => {
      this.#refuseBeside();
      return await execute(values).catch(bare);
    };
    return prepared as PgPreparedQuery<Config>;
  }

  override async transaction<Result>(
    run: (tx: Transaction) => Promise<Result>,
    config?: PgTransactionConfig,
  ): Promise<Result> {
    this.#refuseBeside();
    const open = { isOpen: true };
    const begun = this.client.begin((client) =>
      this.#place.within.run(open, async () => {
        const tx = new StoreTransaction(client, { ...this.#place, isTransaction: true });
        if (config) await tx.setTransaction(config);
        return { result: await run(tx) };
      }),
    );
    const { result } = await begun.catch(bare).finally(() => {
      open.isOpen = false;
    });
    return result;
  }

  #refuseBeside() {
    if (this.#place.isTransaction || !this.#place.within.getStore()?.isOpen) return;
    throw new Error("a query beside the open transaction that awaits it: hand on the transaction instead");
  }
}

class StoreTransaction extends PostgresJsTransaction<None, Tables> {
  readonly #client: TransactionSql;
  readonly #place: Place;

  constructor(client: TransactionSql, place: Place, depth = 0) {
    // Drizzle's session is typed for the whole driver and only ever sends: a transaction's half of it will do.
    super(place.dialect, new StoreSession(client as TransactionSql & Sql, place), undefined, depth);
    this.#client = client;
    this.#place = place;
  }

  override async transaction<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const saved = this.#client.savepoint(async (client) => ({
      result: await run(new StoreTransaction(client, this.#place, this.nestedIndex + 1)),
    }));
    return (await saved.catch(bare)).result;
  }
}

/** Drizzle over that driver; `drizzle` itself is called because it also teaches the driver to leave dates as text. */
export const ormOver = (client: Sql): Db => {
  drizzle(client);
  const dialect = new PgDialect();
  const place = { dialect, within: new AsyncLocalStorage<{ isOpen: boolean }>(), isTransaction: false };
  return new PostgresJsDatabase<None>(dialect, new StoreSession(client, place), undefined);
};
