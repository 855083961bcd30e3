/** What came of handing a body to somebody's address. */
export type Posted = {
  /** Absent where no answer came. */
  status?: number;
  /** Why none came: `timeout`, `forbidden` (it leads inside), or the code of the connection. */
  fault?: string;
  /** As the answer asks for it (RFC 9110, section 10.2.3). */
  retryAfterSeconds?: number;
};

/** How bodies get out of this house: one try, no redirect, nothing of the answer but its status. */
export type Post = {
  /** Why nothing is ever sent to an address, in words for whoever gave it; nothing where it may be tried. */
  refusal(address: string): Promise<string | undefined>;
  /** Never throws for what the address does. */
  send(letter: { address: string; headers: Record<string, string>; body: string }): Promise<Posted>;
};
