import type { Context } from "hono";
import { refuse } from "../../schema/errors.ts";
import type { CentreId, PlatformName } from "../../schema/primitives.ts";
import { listOf } from "../flows/import.ts";
import { readCentre } from "../flows/places.ts";
import type { World } from "./app.ts";
import { keepWithin } from "./auth.ts";
import type { Scope } from "./router.ts";

const noList = () => refuse("not_found", "this centre's list does not lie in a file");

/** How a platform reads and writes lists in files. */
export const portOf = ({ platforms }: World, platform: PlatformName) =>
  platforms.find(({ name }) => name === platform)?.ports.spreadsheet ?? noList();

/** The list of a centre within the caller's reach, and who asks for it. */
export const listAt = async (c: Context<Scope>, world: World, asked: CentreId) => {
  const { region, id: centre } = await readCentre(c.get("deps"), asked);
  keepWithin(c.get("caller"), { region, centre });
  const platform = (await listOf(c.get("deps"), centre)) ?? noList();
  return { actor: c.get("caller").label, region, centre, platform, port: portOf(world, platform) };
};
