import { z } from "zod";
import { AdapterError } from "../../schema/adapter.ts";
import type { HttpClient, HttpReply } from "../../schema/http.ts";
import type { components } from "../../schema/platforms/local-list.gen.ts";
import { CentreId, type Instant, instant } from "../../schema/primitives.ts";
import { expectStatus, parseReply } from "../kit/reply.ts";

const csv = "text/csv";
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const Directory = z.strictObject({
  lists: z.array(z.strictObject({ centre: CentreId })),
}) satisfies z.ZodType<components["schemas"]["Directory"]>;

export type SharedFile = { bytes: Uint8Array; etag: string; type: string; modified?: Instant };
export type Share = {
  centres(): Promise<CentreId[]>;
  /** `unchanged` since that ETag; `absent` where the centre has no list. */
  read(centre: CentreId, etag?: string): Promise<SharedFile | "unchanged" | "absent">;
  /** False where somebody else saved since `over` was read; without `over`, as the first version. */
  save(centre: CentreId, bytes: Uint8Array, over?: SharedFile): Promise<boolean>;
};

/** A page of HTML with status 200 is a share in trouble, not a centre's list. */
const fileOf = (reply: HttpReply): SharedFile => {
  const { etag, "content-type": type = "", "last-modified": modified = "" } = reply.headers;
  const media = type.split(";")[0]?.trim().toLowerCase() ?? "";
  if (media !== csv && media !== xlsx)
    throw new AdapterError("drifted", "the share sent neither CSV nor XLSX");
  if (!etag) throw new AdapterError("drifted", "the share sent a list without an ETag");
  const at = Date.parse(modified);
  return { bytes: reply.bytes, etag, type, ...(Number.isNaN(at) ? {} : { modified: instant(at) }) };
};

/** The share as `local-list.openapi.yaml` describes it. */
export const createShare = (http: Pick<HttpClient, "request">, token: string): Share => {
  const common = { "x-share-token": token, accept: `${csv}, ${xlsx}, application/json` };
  return {
    centres: async () => {
      const reply = await http.request({ method: "GET", path: "/lists", headers: common });
      return parseReply(Directory, expectStatus(reply, 200)).lists.map(({ centre }) => centre);
    },
    read: async (centre, etag) => {
      const headers = { ...common, ...(etag ? { "if-none-match": etag } : {}) };
      const reply = await http.request({ method: "GET", path: `/lists/${centre}`, headers });
      if (reply.status === 304) return "unchanged";
      return reply.status === 404 ? "absent" : fileOf(expectStatus(reply, 200));
    },
    save: async (centre, bytes, over) => {
      const condition: Record<string, string> = over ? { "if-match": over.etag } : { "if-none-match": "*" };
      const headers = { ...common, ...condition, "content-type": over?.type ?? csv };
      // Safe: were it carried out after all, its repeat would find another ETag and change nothing.
      const reply = await http.request({
        method: "PUT",
        path: `/lists/${centre}`,
        headers,
        bytes,
        safe: true,
      });
      return expectStatus(reply, 201, 204, 412).status !== 412;
    },
  };
};
