import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ApiDocument, Schema } from "./document.ts";

export type Compile = (schema: Schema) => ValidateFunction;

/** Validators for the schemas of one document, each compiled once. */
export const compilerOf = (
  { components }: Pick<ApiDocument, "components">,
  options: Options = {},
): Compile => {
  const ajv = new Ajv2020({ strict: false, logger: false, ...options });
  addFormats.default(ajv);
  const compiled = new Map<Schema, ValidateFunction>();
  return (schema) => {
    const validate = compiled.get(schema) ?? ajv.compile({ components, allOf: [schema] });
    compiled.set(schema, validate);
    return validate;
  };
};
