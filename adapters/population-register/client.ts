import { z } from "zod";
import type { HttpClient } from "../../schema/http.ts";
import type { components } from "../../schema/platforms/population-register.gen.ts";
import { expectStatus, parseReply } from "../kit/reply.ts";

type Document = components["schemas"];
export type Question = Document["Question"];

const Finding = z.enum(["match", "mismatch", "withheld"]);
export type Finding = z.infer<typeof Finding>;
const Findings = z.object({
  found: z.boolean(),
  birthDate: Finding.optional(),
  postcode: Finding.optional(),
}) satisfies z.ZodType<Document["Findings"]>;
export type Findings = z.infer<typeof Findings>;

/** The one operation of `population-register.openapi.yaml`. */
export const createClient = (http: HttpClient, serviceKey: string) => ({
  async check(question: Question): Promise<Findings> {
    const headers = { "x-service-key": serviceKey };
    // It writes nothing, so that it may be asked again.
    const asked = { method: "POST" as const, path: "/checks", headers, json: question, safe: true };
    const reply = await http.request(asked);
    return parseReply(Findings, expectStatus(reply, 200));
  },
});
