import { expect, test } from "vitest";
import { createApp } from "../../gateway/http/app.ts";
import { quiet } from "../support/folder.ts";
import { testDeps } from "../support/gateway.ts";

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
