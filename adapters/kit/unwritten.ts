/** Thrown where an adapter or its simulator has a beginning and nothing more. */
export class Unwritten extends Error {
  constructor(what: string) {
    super(`${what} is not written yet`);
    this.name = "Unwritten";
  }
}

/** Stands where code is still to be written; `what` is what somebody looks for, such as "slots.list". */
export const unwritten = (what: string): never => {
  throw new Unwritten(what);
};
