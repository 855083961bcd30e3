import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/*
 * Each part of a benchmark is a process of its own, so that none borrows another's processor time unseen. They talk
 * over Node's channel: one order, one answer, then the next.
 */

export type Station<Order, Answer> = {
  tell(order: Order): Promise<Answer>;
  close(): Promise<void>;
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>;
};

/** Starts a file as a process and waits for what it says first: where it is reached. */
export const start = async <Ready, Order extends object, Answer>(
  file: URL,
  given: object,
  execArgv: string[] = [],
): Promise<Station<Order, Answer> & { ready: Ready }> => {
  const child = fork(file, [JSON.stringify(given)], { execArgv: ["--import", "tsx", ...execArgv] });
  const ready = await nextFrom<Ready>(child, file);
  const tell = (order: Order) => {
    const told = nextFrom<Answer>(child, file);
    child.send(order);
    return told;
  };
  const close = async () => {
    if (child.exitCode !== null) return;
    const over = once(child, "exit");
    child.disconnect();
    await over;
  };
  const kill = async () => {
    const over = once(child, "exit");
    child.kill("SIGKILL");
    await over;
  };
  return { ready, tell, close, kill };
};

const nextFrom = <Answer>(child: ChildProcess, file: URL): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const over = () => reject(new Error(`${file.pathname} ended`));
    child.once("exit", over);
    child.once("message", (said) => {
      child.off("exit", over);
      resolve(said as Answer);
    });
  });

/** The other end: what it was given, and an answer to each order. It ends with the process that started it. */
export const given = <Given>(): Given => JSON.parse(process.argv[2] ?? "{}") as Given;
export const serveOrders = <Order, Answer = string>(
  ready: object | string,
  obey: (order: Order) => Answer | Promise<Answer>,
  close: () => Promise<void> = async () => undefined,
) => {
  process.on("message", async (order: Order) => process.send?.((await obey(order)) ?? {}));
  process.on("disconnect", () => void close().then(() => process.exit(0)));
  process.send?.(ready);
};

/** Of the whole process, in milliseconds. */
export const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
