import { openDb } from "../../gateway/store/db.ts";
import { quiet } from "../support/quiet.ts";

/* A program for embedded.test.ts to kill: says each row that it may count on. */

const db = await openDb({ directory: process.argv[2] ?? "" }, quiet);
await db.sql`create table if not exists written (number int primary key)`;
for (let number = 1; ; number += 1) {
  await db.sql.begin((tx) => tx`insert into written values (${number})`);
  process.stdout.write(`${number}\n`);
}
