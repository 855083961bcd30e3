import { setTimeout as pause } from "node:timers/promises";
import { shares } from "../figures.ts";
import { given, serveOrders } from "../station.ts";
import { idIn, type Line, openLine, registering, registeringMany } from "./line.ts";
import { person } from "./people.ts";

/*
 * People who register: so many at once, each the next as soon as one is answered, or so many a second whatever comes
 * back. Each request has a key of its own, as the page sends one.
 */

export type Load = {
  url: string;
  /** The first of those who register; nobody twice. */
  from: number;
  seconds: number;
  /** So many registrations in a request, with a platform's key. */
  batch?: { size: number; key: string };
  /** Names those who were answered. */
  names?: boolean;
} & ({ connections: number } | { perSecond: number });
export type Measured = {
  /** Registrations answered with 201. */
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  registered: number;
  /** Answered otherwise, or not at all. */
  refused: number;
  next: number;
  /** Who was answered, and what they asked. */
  acknowledged: { id: string; nth: number }[];
};

const { run } = given<{ run: string }>();

/** Quotes included, which a header (RFC 8941) and JSON both want. */
const keyOf = (nth: number): string => `"${run}-${nth}"`;
const single = (url: string, nth: number): string =>
  registering(url, { key: keyOf(nth), person: person(nth) });
const several = (url: string, nth: number, { size, key: bearer }: { size: number; key: string }): string => {
  const rows = Array.from(
    { length: size },
    (_, each) => `{"key":${keyOf(nth + each)},"volunteer":${person(nth + each)}}`,
  );
  return registeringMany(url, { bearer, rows });
};

const tally = ({ url, from, seconds, batch, names }: Load) => {
  const began = performance.now();
  const took: number[] = [];
  const acknowledged: Measured["acknowledged"] = [];
  let [registered, refused, next] = [0, 0, from];
  const size = batch?.size ?? 1;
  const isOver = () => performance.now() - began >= seconds * 1000;
  const ask = async (line: Line): Promise<boolean> => {
    const nth = next;
    next += size;
    const request = batch ? several(url, nth, batch) : single(url, nth);
    const sent = performance.now();
    const { status, body } = await line.ask(request);
    const done = batch ? body.split('"status":201').length - 1 : status === 201 ? 1 : 0;
    if (status !== 0) took.push(performance.now() - sent);
    registered += done;
    refused += size - done;
    if (names && status === 201) acknowledged.push({ id: idIn(body), nth });
    return status !== 0;
  };
  const measured = (): Measured => {
    const perSecond = registered / ((performance.now() - began) / 1000);
    const at = shares(took);
    return { perSecond, p50Ms: at(0.5), p99Ms: at(0.99), registered, refused, next, acknowledged };
  };
  return { ask, isOver, measured };
};

/** A line that gets no answer is over: whoever hung on it does not know whether they are on the list. */
const closedLoop = async (load: Load & { connections: number }) => {
  const lines = Array.from({ length: load.connections }, () => openLine(load.url));
  const { ask, isOver, measured } = tally(load);
  await Promise.all(
    lines.map(async (line) => {
      while (!isOver() && (await ask(line)));
      line.end();
    }),
  );
  return measured();
};

/** Somebody comes when their time has come, on a line that is free or on a new one. */
const openLoop = async (load: Load & { perSecond: number }) => {
  const free: Line[] = [];
  const { ask, isOver, measured } = tally(load);
  const began = performance.now();
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  const send = async () => {
    const line = free.pop() ?? openLine(load.url);
    await ask(line);
    free.push(line);
  };
  while (!isOver()) {
    const due = Math.floor(((performance.now() - began) / 1000) * load.perSecond);
    for (; sent < due && underWay.size < 2_000; sent += 1) {
      const one: Promise<void> = send().finally(() => underWay.delete(one));
      underWay.add(one);
    }
    await pause(1);
  }
  await Promise.all(underWay);
  for (const line of free) line.end();
  return measured();
};

serveOrders<Load, Measured>("ready", (load) => ("perSecond" in load ? openLoop(load) : closedLoop(load)));
