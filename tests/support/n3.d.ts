/** As much of n3 as the tests use; it comes without types. */
declare module "n3" {
  export type Term =
    | { termType: "NamedNode" | "BlankNode"; value: string }
    | { termType: "Literal"; value: string; language: string; datatype: { value: string } };
  export type Quad = { subject: Term; predicate: Term; object: Term };
  export class Parser {
    parse(text: string): Quad[];
  }
}
