import { sealPart } from "../../gateway/flows/work/parts.ts";
import type { Route } from "../../gateway/http/permissions.ts";
import { CentreId, PlatformName, RegionId } from "../../schema/primitives.ts";
import { type ListWorkId, Work } from "../../schema/work.ts";
import type { Asked } from "./requests.ts";
import type { Scene } from "./scene.ts";

/* Requests about a list of Binche that came in in a file and lacks something, and about one that goes out. */

export const aList = [
  "Nom;Prénom;Date de naissance;GSM",
  "Peeters;An;01/02/1951;0470 12 34 56",
  "Dubois;Jean;32/13/1950;0470 12 34 57",
].join("\n");

export const csv = { "content-type": "text/csv" };

/** Sends a list as whoever leads Binche does, to be taken in behind the answer. */
export const sendList = async (
  { app }: Pick<Scene, "app">,
  body: string | Uint8Array<ArrayBuffer> = aList,
  { start = "now", key = "key-lead", centre = "binche" } = {},
): Promise<Response> =>
  app.request(`/v1/centres/${centre}/imports?start=${start}`, {
    method: "POST",
    headers: {
      ...{ ...csv, authorization: `Bearer ${key}`, prefer: "respond-async" },
      "content-length": String(Buffer.byteLength(body)),
    },
    body,
  });

const placed = {
  region: RegionId.parse("wallonia"),
  centre: CentreId.parse("binche"),
  platform: PlatformName.parse("local-list"),
};

type Lists = Extract<Route, `${string} /v1/work${string}` | `${string}/model`>;

export const listsInFiles = async (scene: Scene) => {
  const { deps, database } = scene;
  const { id } = Work.parse(await (await sendList(scene, aList, { start: "later" })).json());
  const own = id.slice("import.".length);
  const file = deps.uuid() as ListWorkId;
  const part = sealPart(deps, { ...placed, id: file }, { kind: "file", number: 0, content: "QQ==" });
  await database.sql`
    insert into work (id, region, centre, platform, kind, state, ordered_by, ordered_at, total, kept_until)
    values (${file}, 'wallonia', 'binche', 'local-list', 'export', 'done', 'lead', ${deps.now()}, 1, ${deps.now()})`;
  const aWork = { path: { id } };
  const again = (state: string) => () =>
    database.sql`update work set state = ${state}, ended_at = null where id = ${own}`;
  const requests: Record<Lists, Asked> = {
    "GET /v1/centres/{centre}/imports/model": { path: { centre: "binche" } },
    "GET /v1/work": { shows: id },
    "GET /v1/work/{id}": aWork,
    "POST /v1/work": { json: { kind: "export", centre: "binche" } },
    "GET /v1/work/{id}/rows": aWork,
    "POST /v1/work/{id}/rows": {
      ...aWork,
      json: { rows: [{ row: 3, cells: { birthDate: "31/31/1950" } }] },
      before: again("waiting"),
    },
    "POST /v1/work/{id}/start": { ...aWork, before: again("proposed") },
    "POST /v1/work/{id}/file": {
      path: { id: `export.${file}` },
      before: () => database.sql`
        insert into work_parts (region, work, kind, number, rows_sealed)
        values ('wallonia', ${file}, 'file', 0, ${part.rowsSealed}) on conflict do nothing`,
    },
    // Nothing is left to be mended afterwards.
    "POST /v1/work/{id}/cancel": { ...aWork, before: again("running") },
  };
  return requests;
};
