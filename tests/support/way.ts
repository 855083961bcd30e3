import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a database that can be shut and opened, as a server is stopped and started. */
export const openWay = async (url: string) => {
  const there = new URL(url);
  const passing = new Set<Socket>();
  const server = createServer((here) => {
    const beyond = connect(Number(there.port || 5432), there.hostname);
    for (const [one, other] of [
      [here, beyond],
      [beyond, here],
    ] as const) {
      passing.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
      one.pipe(other);
    }
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address ? address.port : port;
  };
  const port = await listen(0);
  const shut = async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of passing) socket.destroy();
    passing.clear();
    await closed;
  };
  const through = Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href;
  return { url: through, shut, open: () => listen(port) };
};
