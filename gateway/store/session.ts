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
import { isCutOff, withoutData } from "./error.ts";
import { asGateway, asTenant, narrowing, type Reach } from "./tenancy.ts";
import { createWithin, type Open, type Within } from "./within.ts";

type None = Record<string, never>;
type Tables = ExtractTablesWithRelations<None>;
type Base = PostgresJsSession<Sql, None, Tables>;
type Transaction = PostgresJsTransaction<None, Tables>;

/** The database, or a transaction of it: what every function of the store takes first. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, None, Tables>;

/**
 * Where queries go: the pool, or one transaction. `within` knows the transaction that the caller runs in; of a narrowed
 * one, `reach` says how far it may see.
 */
type Place = { dialect: PgDialect; within: Within; transaction?: Open; reach?: Reach };

const bare = (error: unknown): never => {
  throw withoutData(error);
};

/**
 * What the driver may hear of the work of a transaction: nothing once its connection is gone. It would send a commit
 * or a rollback there, and writing to a socket that is no more ends the process, past every promise (porsager/postgres
 * 1208, in 3.4.9). Of the end of its connection it knows by itself, and fails the transaction.
 */
const whileConnected = async <Result>(open: Open, work: () => Promise<Result>): Promise<Result> => {
  try {
    const result = await work();
    if (open.isOpen) return result;
  } catch (error) {
    if (open.isOpen && !isCutOff(error)) throw error;
  }
  return new Promise<never>(() => undefined);
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
    const { reach, transaction } = this.#place;
    prepared.execute = async (values) => {
      this.#refuseBeside();
      if (reach && !transaction) return this.#alone(prepared, () => execute(values));
      return await execute(values).catch(bare);
    };
    return prepared as PgPreparedQuery<Config>;
  }

  override async transaction<Result>(
    run: (tx: Transaction) => Promise<Result>,
    config?: PgTransactionConfig,
  ): Promise<Result> {
    this.#refuseBeside();
    const { within, reach } = this.#place;
    const open = within.begin();
    const work = async (client: TransactionSql) => {
      // Sent ahead and not awaited: where it fails, so does all that follows it on this connection.
      if (reach) client.unsafe(narrowing(reach)).simple().execute();
      const tx = new StoreTransaction(client, { ...this.#place, transaction: open });
      if (config) await tx.setTransaction(config);
      return { result: await run(tx) };
    };
    const begun = this.client.begin((client) =>
      within.run(open, () => whileConnected(open, () => work(client))),
    );
    const { result } = await begun.catch(bare).finally(() => within.end(open));
    return result;
  }

  /** One query for a caller who does not reach everything: its client becomes that of a transaction around it. */
  #alone<Result>(prepared: object, execute: () => Promise<Result>): Promise<Result> {
    return this.transaction((tx) => {
      Object.assign(prepared, { client: (tx as StoreTransaction).client });
      return execute().catch(bare);
    });
  }

  #refuseBeside() {
    const { transaction, within } = this.#place;
    if (transaction && !transaction.isOpen) throw new Error("a query in a transaction that is over");
    if (transaction || !within.now()?.isOpen) return;
    throw new Error("a query beside the open transaction that awaits it: hand on the transaction instead");
  }
}

class StoreTransaction extends PostgresJsTransaction<None, Tables> {
  readonly client: TransactionSql;
  readonly #place: Place;

  constructor(client: TransactionSql, place: Place, depth = 0) {
    // Drizzle's session is typed for the whole driver and only ever sends: a transaction's half of it will do.
    super(place.dialect, new StoreSession(client as TransactionSql & Sql, place), undefined, depth);
    this.client = client;
    this.#place = place;
  }

  override async transaction<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const { transaction: open = { isOpen: true } } = this.#place;
    const work = async (client: TransactionSql) => ({
      result: await run(new StoreTransaction(client, this.#place, this.nestedIndex + 1)),
    });
    const saved = this.client.savepoint((client) => whileConnected(open, () => work(client)));
    return (await saved.catch(bare)).result;
  }

  async acrossRegions<Result>(work: (tx: Db) => Promise<Result>): Promise<Result> {
    if (!this.#place.reach) return work(this);
    await this.client.unsafe(asGateway).simple().catch(bare);
    try {
      const result = await work(this);
      await this.client.unsafe(asTenant).simple().catch(bare);
      return result;
    } catch (error) {
      // After a statement that failed none is taken, and the transaction is over; after a refusal it may go on.
      await this.client
        .unsafe(asTenant)
        .simple()
        .catch(() => undefined);
      throw error;
    }
  }
}

class StoreDatabase extends PostgresJsDatabase<None> {
  readonly #client: Sql;
  readonly #place: Place;

  constructor(client: Sql, place: Place) {
    super(place.dialect, new StoreSession(client, place), undefined);
    this.#client = client;
    this.#place = place;
  }

  narrowed(reach: Reach): Db {
    return new StoreDatabase(this.#client, { ...this.#place, reach });
  }

  acrossRegions<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
    const { reach, ...wide } = this.#place;
    return work(reach ? new StoreDatabase(this.#client, wide) : this);
  }
}

/** Drizzle over that driver; `drizzle` itself is called because it also teaches the driver to leave dates as text. */
export const ormOver = (client: Sql): Db => {
  drizzle(client);
  return new StoreDatabase(client, { dialect: new PgDialect(), within: createWithin() });
};

/** The same database, of which whatever is asked or written lies within that reach. */
export const narrowed = (db: Db, reach: Reach): Db => {
  if (!(db instanceof StoreDatabase))
    throw new Error("only a whole database is narrowed, before its transactions");
  return db.narrowed(reach);
};

/**
 * Does as the gateway what follows for one person in whichever region, or finds by an index that no policy lets a
 * caller use. `work` may hand to its caller what decides, and ids, but no rows that it did not check.
 */
export const acrossRegions = <Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> =>
  db instanceof StoreDatabase || db instanceof StoreTransaction ? db.acrossRegions(work) : work(db);
