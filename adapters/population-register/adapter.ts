import { z } from "zod";
import { defineAdapter, Secret } from "../../schema/adapter.ts";
import { createClient } from "./client.ts";
import { toFindings, toQuestion } from "./mapper.ts";

const Options = z.strictObject({ baseUrl: z.url(), serviceKey: Secret });

/** A population register that says of what somebody declared whether it is so, and nothing else. */
export default defineAdapter({
  name: "population-register",
  capabilities: ["register"],
  options: Options,
  connect: ({ baseUrl, serviceKey }, ctx) => {
    const client = createClient(ctx.http(baseUrl), serviceKey);
    return {
      register: { check: async (person) => toFindings(await client.check(toQuestion(person)), person) },
    };
  },
});
