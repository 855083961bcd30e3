import { z } from "zod";
import type { HttpClient, HttpRequest } from "../../../../schema/http.ts";
import { expectStatus, parseReply } from "../../reply.ts";
import type { components } from "./xyz.gen.ts";

type Document = components["schemas"];

/** As much of the example operation's reply as the adapter reads; one such shape for each reply that matters. */
const Status = z.object({ ready: z.boolean() }) satisfies z.ZodType<Document["Status"]>;
export type Status = z.infer<typeof Status>;

/** The operations of `xyz.openapi.yaml` that the adapter needs. */
export const createClient = (http: HttpClient, apiKey: string) => {
  const ask = (request: HttpRequest) =>
    http.request({ ...request, headers: { ...request.headers, "x-api-key": apiKey } });
  return {
    /** The document's example operation: it goes when the first one of the platform's own is written. */
    async readStatus(): Promise<Status> {
      const reply = await ask({ method: "GET", path: "/status" });
      return parseReply(Status, expectStatus(reply, 200));
    },
  };
};
export type Client = ReturnType<typeof createClient>;
