import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { Desk } from "./mailbox.ts";

/** A mail server on this machine that takes every letter and keeps it readable. */
export const startMailServer = async (desk: Desk) => {
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], disableReverseLookup: true },
    ...{ size: 1024 * 1024, logger: false, closeTimeout: 200 },
    onConnect: (_session, done) => done(closedToday(desk)),
    // A client keeps its connection open over the start of a bad day.
    onMailFrom: (_address, _session, done) => done(closedToday(desk)),
    onData: (stream, session, done) => void receive(desk, stream, session).then(() => done(), done),
  });
  // A client that breaks off is nobody's loss: a letter counts once it was answered for.
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("the mail server has no port");
  return {
    address: { host: "127.0.0.1", port: address.port },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
};

const closedToday = (desk: Desk) =>
  desk.fault("email").down ? Object.assign(new Error("closed today"), { responseCode: 421 }) : null;

const receive = async (
  desk: Desk,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<void> => {
  const { subject = "", text = "" } = await simpleParser(stream);
  await desk.sleep(desk.fault("email").delayMs);
  for (const { address } of envelope.rcptTo)
    desk.mailbox.put({
      ...{ id: randomUUID(), at: desk.now(), channel: "email", to: address },
      ...{ subject, text: text.trimEnd() },
    });
};
