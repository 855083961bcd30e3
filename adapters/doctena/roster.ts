import type { Ports, RosterEntry } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import { type Client, must, type WaitingPerson } from "./client.ts";
import type { Directory } from "./directory.ts";
import type { Shared } from "./fresh.ts";
import { fromExternalId, toExternalId, toSourced, toWaiting } from "./mapper.ts";
import { readWaiting } from "./waiting-list.ts";

type Given = { client: Client; directory: Shared<Directory>; referenceKey: string; now(): Instant };

/** The waiting list. */
export const roster = ({ client, directory, referenceKey, now }: Given): Ports["roster"] => ({
  async pull({ cursor }) {
    const { entries, next, complete, total } = await readWaiting(client, cursor);
    const checkedAt = now();
    return { records: entries.map((entry) => toSourced({ entry, checkedAt })), next, complete, total };
  },

  async put(entry) {
    const { practiceIds } = await directory.get();
    const person = toWaiting({ entry, practiceIds, referenceKey });
    const { id } = (await replace(client, { entry, person })) ?? (await client.enter(person));
    return { externalId: toExternalId(id) };
  },

  async close({ externalId, reason }) {
    const id = fromExternalId(externalId);
    if (id) await client.remove(id, reason);
  },

  async erase({ externalId }) {
    const id = fromExternalId(externalId);
    if (id) await client.remove(id, "erasure");
  },
});

/** Nothing where Doctena does not know this person, or has erased the entry since. */
const replace = async (client: Client, { entry, person }: { entry: RosterEntry; person: WaitingPerson }) => {
  const id = entry.externalId && fromExternalId(entry.externalId);
  if (!id) return undefined;
  const told = await client.replace(id, person);
  return "refusal" in told && told.refusal === "not_found" ? undefined : must(told);
};
