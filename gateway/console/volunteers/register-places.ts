import type { Centre, Policy, Region } from "../../../schema/region.ts";
import type { Api } from "../frame/api.ts";

/** A region, what it asks, and its centres: what the form is made from. */
export type Asked = { region: Region; rules: Policy["rules"]; centres: Centre[] };

const freshMs = 10_000;

/** Whether a postcode lies in one of these: "1000-1299". */
export const within = (postcode: string, ranges: readonly string[]): boolean =>
  ranges.some((range) => postcode >= range.slice(0, 4) && postcode <= range.slice(-4));

export const placeOf = ({ name, municipality }: Pick<Centre, "name" | "municipality">): string =>
  name === municipality ? name : `${name}, ${municipality}`;

/** Read once in ten seconds for however many people, and what was read before where the API does not answer now. */
export const placesFrom = (api: Api) => {
  const kept = new Map<string, { value: unknown; at: number }>();
  const read = async <Value>(path: string): Promise<Value | undefined> => {
    const known = kept.get(path);
    if (known && performance.now() - known.at < freshMs) return known.value as Value;
    const reply = await api(path);
    if (reply.status === 404) return undefined;
    if (!reply.ok) return known?.value as Value | undefined;
    const value = (await reply.json()) as Value;
    kept.set(path, { value, at: performance.now() });
    return value;
  };
  const regions = async () => (await read<{ items: Region[] }>("/v1/regions"))?.items;
  return {
    /** Nothing where they cannot be read. */
    regions,
    /** The region of that postcode, or of that name. */
    async asked(wish: { region?: string; postcode?: string }): Promise<Asked | undefined> {
      const region = (await regions())?.find(
        ({ id, postcodes }) => id === wish.region || (!wish.region && within(wish.postcode ?? "", postcodes)),
      );
      if (!region) return undefined;
      const policy = await read<Policy>(`/v1/regions/${region.id}/policy`);
      const centres = await read<{ items: Centre[] }>(`/v1/centres?region=${region.id}`);
      return policy && centres && { region, rules: policy.rules, centres: centres.items };
    },
  };
};
