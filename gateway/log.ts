import { pino } from "pino";
import type { Log } from "../schema/adapter.ts";

/** Lines of JSON on standard error, so that what is printed for people stands alone on standard output. */
export const createLog = (level: "info" | "warn" = "info"): Log => {
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  return {
    info: (facts, message) => log.info(facts, message),
    warn: (facts, message) => log.warn(facts, message),
  };
};
