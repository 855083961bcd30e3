import { readFileSync } from "node:fs";

/** The parent, and its parent where the system tells: some shells stay between npm and what it runs. */
const forebears = (): string => {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, "utf8");
    return `${process.ppid} ${status.match(/^PPid:\s*(\d+)/m)?.[1]}`;
  } catch {
    return `${process.ppid}`;
  }
};

/** Calls once whoever started this process, or the process before that, is gone. */
export const whenOrphaned = (stop: () => void): void => {
  const before = forebears();
  const timer = setInterval(() => {
    if (forebears() === before) return;
    clearInterval(timer);
    stop();
  }, 250).unref();
};
