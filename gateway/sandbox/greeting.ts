import type { GivenKey } from "../flows/authorise.ts";

/** What a newcomer reads when the sandbox runs. */
export const greeting = ({
  address,
  directory,
  platforms,
  keys,
  issuer,
}: {
  address: string;
  directory: string;
  platforms: readonly unknown[];
  keys: readonly GivenKey[];
  /** The sandbox's identity provider. */
  issuer: string;
}): string => {
  const count = platforms.length === 1 ? "one simulated platform" : `${platforms.length} simulated platforms`;
  const lines = [
    `everydose runs: ${count}, one list.`,
    "",
    `  open       ${address}`,
    `  API        ${address}/docs`,
    `  messages   ${address}/sandbox/messages`,
    `  sign in    ${address}/sign-in (as whoever you like: a click, or a key)`,
    `  data       ${directory}`,
    `  provider   ${issuer} (OpenID Connect; docs/security.md)`,
    "",
    "keys for this sandbox (Authorization: Bearer …)",
    ...keys.map(({ key, caller }) => `  ${caller.role.padEnd(10)} ${key}`),
    "",
    "Ctrl-C stops it.",
  ];
  return `\n${lines.join("\n")}\n`;
};
