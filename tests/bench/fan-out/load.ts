import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { instant } from "../../../schema/primitives.ts";
import { shares } from "../figures.ts";
import { given, serveOrders } from "../station.ts";

/*
 * People who ask for open slots: so many at once, each anew as soon as the answer is there, or so many a second whatever
 * comes back. It writes and reads bare HTTP/1.1, since a client library costs as much as what is measured.
 */

export type Load = {
  url: string;
  /** Every question another, or the same so many again and again. */
  different: "all" | number;
  seconds: number;
} & ({ concurrency: number } | { perSecond: number });
export type Measured = {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  answers: number;
  /** Not 200, or no answer at all. */
  refused: number;
  /** 200, and without a platform's slots. */
  incomplete: number;
  /** Processor time of whoever answered, for each answer: what a loaded machine does not change. */
  cpuMs: number;
};

const { centres } = given<{ centres: string[] }>();
const named = centres.map((centre) => `centre=${centre}`).join("&");
const begin = Date.parse("2030-01-01T00:00:00Z");
const hour = 3_600_000;
let asked = 0;

/** Each question begins an hour after the one before: no two can be asked of a platform together. */
const nextAddress = (different: Load["different"]): string => {
  asked += 1;
  const from = begin + (different === "all" ? 100 + asked : asked % different) * hour;
  return `/v1/slots?${named}&from=${instant(from)}&until=${instant(from + 8 * hour)}`;
};

type Reply = { status: number; body: Buffer };
type Line = { ask(address: string): Promise<Reply>; end(): void };

const headEnd = Buffer.from("\r\n\r\n");
const lastChunk = Buffer.from("\r\n0\r\n\r\n");

/** The whole reply that these bytes hold, or nothing while more is to come. */
const replyIn = (bytes: Buffer): Reply | undefined => {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.toString("latin1", 0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  const body = bytes.subarray(end + headEnd.length);
  const isWhole =
    length === undefined ? body.subarray(-lastChunk.length).equals(lastChunk) : body.length >= Number(length);
  return isWhole ? { status, body } : undefined;
};

/** One connection, one question at a time. */
const openLine = (url: string): Line => {
  const { hostname, port, host } = new URL(url);
  let socket: Socket | undefined;
  let waiting: ((reply: Reply) => void) | undefined;
  let bytes = Buffer.alloc(0);
  const answer = (reply: Reply) => {
    const told = waiting;
    waiting = undefined;
    bytes = Buffer.alloc(0);
    told?.(reply);
  };
  const dial = () => {
    const line = connect({ host: hostname, port: Number(port), noDelay: true });
    line.on("data", (chunk) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      const reply = replyIn(bytes);
      if (reply) answer(reply);
    });
    line.on("error", () => undefined);
    line.on("close", () => {
      if (socket === line) socket = undefined;
      answer({ status: 0, body: bytes });
    });
    return line;
  };
  return {
    ask: (address) =>
      new Promise((resolve) => {
        waiting = resolve;
        socket ??= dial();
        socket.write(`GET ${address} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
      }),
    end: () => socket?.destroy(),
  };
};

const tally = (seconds: number) => {
  const began = performance.now();
  const took: number[] = [];
  let [refused, incomplete] = [0, 0];
  const ask = async (line: Line, address: string) => {
    const sent = performance.now();
    const { status, body } = await line.ask(address);
    took.push(performance.now() - sent);
    if (status !== 200) refused += 1;
    else if (body.includes('"late"') || body.includes('"failed"')) incomplete += 1;
  };
  return {
    ask,
    isOver: () => performance.now() - began >= seconds * 1000,
    measured: (): Measured => {
      const perSecond = took.length / ((performance.now() - began) / 1000);
      const at = shares(took);
      return {
        perSecond,
        p50Ms: at(0.5),
        p99Ms: at(0.99),
        answers: took.length,
        refused,
        incomplete,
        cpuMs: 0,
      };
    },
  };
};

const closedLoop = async ({ url, different, seconds, concurrency }: Load & { concurrency: number }) => {
  const lines = Array.from({ length: concurrency }, () => openLine(url));
  const { ask, isOver, measured } = tally(seconds);
  await Promise.all(
    lines.map(async (line) => {
      while (!isOver()) await ask(line, nextAddress(different));
      line.end();
    }),
  );
  return measured();
};

/** A question leaves when its time has come, on a line that is free or on a new one. */
const openLoop = async ({ url, different, seconds, perSecond }: Load & { perSecond: number }) => {
  const free: Line[] = [];
  const { ask, isOver, measured } = tally(seconds);
  const began = performance.now();
  const underWay: Promise<void>[] = [];
  const send = async () => {
    const line = free.pop() ?? openLine(url);
    await ask(line, nextAddress(different));
    free.push(line);
  };
  while (!isOver()) {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
    while (underWay.length < due) underWay.push(send());
    await pause(1);
  }
  await Promise.all(underWay);
  for (const line of free) line.end();
  return measured();
};

serveOrders<Load, Measured>("ready", (load) => ("perSecond" in load ? openLoop(load) : closedLoop(load)));
