import type { AdapterContext, Ports } from "../../schema/adapter.ts";
import { unwritten } from "../kit/unwritten.ts";
import type { Client } from "./client.ts";

/** What each of these promises stands in `schema/adapter.ts`. `mapper.ts` translates; here is only who is asked when. */
export const slots = (_: { client: Client; ctx: AdapterContext }): Ports["slots"] => ({
  list: () => unwritten("slots.list"),
});
