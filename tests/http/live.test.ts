import { expect, onTestFinished, test, vi } from "vitest";
import { createApp } from "../../gateway/http/app.ts";
import { latest } from "../../gateway/http/stream.ts";
import { testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

test("a stream on which nothing happens says again and again that it is still there", async () => {
  const { deps, close } = await testDeps();
  const app = createApp({ deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet, heartbeatMs: 20 });
  const stream = (await app.request("/v1/live")).body?.getReader();
  const text = async () => new TextDecoder().decode((await stream?.read())?.value);
  const [today, beat] = ["event: today\ndata: []\n\n", ": still here\n\n"];
  const heard: string[] = [];
  while (!heard.includes(today) || heard.filter((each) => each === beat).length < 3) heard.push(await text());
  expect(new Set(heard)).toEqual(new Set([today, beat]));
  await stream?.cancel();
  await close();
});

test("a listener that never reads has one event waiting, the newest, however many came", async () => {
  const written: string[] = [];
  const reads: (() => void)[] = [];
  const tell = latest((event) => {
    written.push(event);
    return new Promise<void>((resolve) => reads.push(resolve));
  });
  const first = tell("1");
  for (const event of ["2", "3", "4", undefined]) await tell(event);
  expect(written).toEqual(["1"]);
  reads.shift()?.();
  await vi.waitFor(() => expect(written).toEqual(["1", "4"]));
  reads.shift()?.();
  await first;
});

test("a HEAD of the stream listens to nothing, since nobody would ever leave it", async () => {
  const { deps, close } = await testDeps();
  onTestFinished(close);
  const app = createApp({ deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet });
  const waiting = vi.spyOn(globalThis, "setInterval");
  onTestFinished(() => waiting.mockRestore());
  const reply = await app.request("/v1/live", { method: "HEAD" });
  expect(reply.headers.get("content-type")).toBe("text/event-stream");
  expect(waiting).not.toHaveBeenCalled();
});
