import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Surplus } from "../../schema/surplus.ts";
import type { Town } from "./town.ts";

/* What whoever is on the list does with a page, and what their page must never do. */

/** Waits until they read it; what stands on the page out of sight is not read. */
export const reads = (page: Page, text: string): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();

/** One tap on a button that says so. */
export const tap = (page: Page, says: string): Promise<void> =>
  page.getByRole("button", { name: says, exact: true }).click();

/**
 * All addresses that this page asks a server for, and those that it tells where it came from: without what stands behind
 * the fragment's sign, which no browser sends.
 */
export const addressesOf = (page: Page): string[] => {
  const addresses: string[] = [];
  page.on("request", (request) => {
    addresses.push(request.url().replace(/#.*/s, ""), request.headers().referer ?? "");
  });
  return addresses;
};

/** A token opens somebody's place: it must stand in no log, and so in no address. */
export const staysUnseen = (addresses: readonly string[], token: string): void => {
  expect(addresses.length).toBeGreaterThan(1);
  expect(addresses.filter((address) => address.includes(token))).toEqual([]);
};

/** The telephone lies there so long with its screen off, and is then looked at again. */
export const sleeps = async ({ town, page, minutes }: { town: Town; page: Page; minutes: number }) => {
  town.wait(minutes);
  await page.clock.fastForward(minutes * 60_000);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
};

/** The centre notes that whoever was promised a dose has come. */
export const isGiven = async (town: Town, { id }: Surplus): Promise<void> => {
  const { items } = await town.call<{ items: { booking: { id: string } }[] }>(
    `GET /v1/surpluses/${id}/expected`,
    { as: "staff" },
  );
  const [coming] = items;
  if (!coming) throw new Error("nobody is expected");
  await town.call(`PATCH /v1/bookings/${coming.booking.id}`, { as: "staff", body: { outcome: "attended" } });
};
