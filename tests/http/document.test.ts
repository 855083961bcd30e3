import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { expect, it } from "vitest";

const file = fileURLToPath(new URL("../../schema/gateway.openapi.json", import.meta.url));

it("publishes a document that is OpenAPI, and in which every reference leads somewhere", async () => {
  const { paths } = await SwaggerParser.validate(file);
  expect(Object.keys(paths ?? {})).toContain("/v1/surpluses");
});
