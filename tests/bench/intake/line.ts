import { connect, type Socket } from "node:net";

/*
 * A connection of somebody who registers. It writes and reads bare HTTP/1.1, since a client library costs as much as
 * what is measured.
 */

/** `status` 0: the connection ended without an answer. */
export type Reply = { status: number; head: string; body: string };
/** One request, one reply, then the next. */
export type Line = {
  /** Connects before there is anything to ask. */
  open(): Promise<void>;
  ask(request: string): Promise<Reply>;
  end(): void;
};

const nothing: Reply = { status: 0, head: "", body: "" };

export const openLine = (url: string): Line => {
  const { hostname, port } = new URL(url);
  let socket: Socket | undefined;
  let waiting: ((reply: Reply) => void) | undefined;
  let text = "";
  const answer = (reply: Reply) => {
    const told = waiting;
    waiting = undefined;
    text = "";
    told?.(reply);
  };
  const dial = () => {
    const line = connect({ host: hostname, port: Number(port), noDelay: true });
    line.setEncoding("latin1");
    line.on("data", (chunk: string) => {
      text = text === "" ? chunk : text + chunk;
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = text.slice(0, end);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      answer({ status: Number(text.slice(9, 12)), head, body: text.slice(end + 4) });
    });
    line.on("error", () => undefined);
    line.on("close", () => {
      if (socket === line) socket = undefined;
      answer(nothing);
    });
    return line;
  };
  return {
    open: () =>
      new Promise((resolve) => {
        socket ??= dial();
        socket.once("connect", resolve);
      }),
    ask: (request) =>
      new Promise((resolve) => {
        waiting = resolve;
        socket ??= dial();
        socket.write(request);
      }),
    end: () => socket?.destroy(),
  };
};

type Asked = { url: string; path: string; header: string; body: string };
const post = ({ url, path, header, body }: Asked): string =>
  `POST ${path} HTTP/1.1\r\nhost: ${url.slice(7)}\r\ncontent-type: application/json\r\n${header}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

/** One registration with its key, quotes included. */
export const registering = (url: string, { key, person }: { key: string; person: string }): string =>
  post({ url, path: "/v1/volunteers", header: `idempotency-key: ${key}`, body: person });

/** Many, of somebody who has a key of the gateway's. */
export const registeringMany = (url: string, { bearer, rows }: { bearer: string; rows: string[] }): string =>
  post({
    ...{ url, path: "/v1/volunteers/batch", header: `authorization: Bearer ${bearer}` },
    body: `{"registrations":[${rows.join(",")}]}`,
  });

export const idIn = (body: string): string => /"id":"([^"]+)"/.exec(body)?.[1] ?? "";
