import { expect, it } from "vitest";
import { createMailbox } from "../../gateway/sandbox/mailbox.ts";
import { instant } from "../../schema/primitives.ts";

const message = (n: number) => ({
  ...{ id: `m${n}`, at: instant(n), channel: "sms" as const, to: `+3247000000${n % 3}` },
  ...{ subject: "", text: String(n), reference: `r${n}` },
});

it("keeps the newest messages, newest first, and forgets the rest", () => {
  const mailbox = createMailbox(5);
  for (let n = 1; n <= 23; n += 1) mailbox.put(message(n));
  expect(mailbox.list().map(({ id }) => id)).toEqual(["m23", "m22", "m21", "m20", "m19"]);
  expect(mailbox.list({ limit: 2 }).map(({ id }) => id)).toEqual(["m23", "m22"]);
  expect(mailbox.list({ to: "+32470000002" }).map(({ id }) => id)).toEqual(["m23", "m20"]);
});

it("shows a message as its reader sees it", () => {
  const mailbox = createMailbox(5);
  mailbox.put(message(1));
  const { reference: _, ...shown } = message(1);
  expect(mailbox.list()).toEqual([shown]);
});
