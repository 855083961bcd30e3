import type { BrowserContextOptions, Page } from "playwright-core";
import type { KeyRole } from "../../schema/key.ts";
import type { Day } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { cameIn } from "./came-in.ts";
import { neighbour, type Town } from "./town.ts";
import type { Walker } from "./walker.ts";

/* A centre's staff at work, and the people whom they wait for. */

/** What a browser keeps of whoever signed in with the key for that role. */
export const signedIn = async (walker: Walker, role: KeyRole): Promise<BrowserContextOptions> => {
  const page = await cameIn(walker, role, { to: "/staff" });
  return { storageState: await page.context().storageState() };
};

/** Somebody who is on the list of that centre alone. */
export const onTheList = async (
  town: Town,
  { born, ...wishes }: { born: Day } & Partial<NewVolunteer>,
): Promise<NewVolunteer> => {
  const person = neighbour(born, wishes);
  await town.register(person);
  return person;
};

/** They were written to, and say yes. */
export const saysYes = async (town: Town, person: NewVolunteer): Promise<void> => {
  const token = await town.invitationOf(person);
  await town.call("POST /v1/invitation/accept", { token });
};

/** Opens the line of somebody who comes, as a finger does, and waits until what is to be done is there. */
export const openLine = async (page: Page, name: string): Promise<void> => {
  const line = page.locator("[data-people=coming] > li", { hasText: name });
  await line.locator("summary").first().click();
  await line.locator(".body").waitFor();
};
