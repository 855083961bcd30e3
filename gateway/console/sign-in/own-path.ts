/** Longer than any of our addresses; it travels in a cookie. */
const longest = 800;

/** Where nobody is sent back to: it would go round in circles. */
const ofSigningIn = /^\/sign-(?:in|out)(?:\/|$)/;

/**
 * Where somebody wanted to go, as long as it is a page of ours; nothing for whatever a browser might read as another
 * site's. Only the path and what is asked there are taken, from an address that was read as a browser reads it.
 */
export const ownPath = (wanted: unknown): string | undefined => {
  if (typeof wanted !== "string" || wanted.length > longest) return undefined;
  // Browsers read `\` as `/`, and leave out what is no visible character.
  if (!/^\/(?![/\\])[!-[\]-~]*$/.test(wanted)) return undefined;
  const own = "http://own.invalid";
  if (!URL.canParse(wanted, own)) return undefined;
  const { origin, pathname, search } = new URL(wanted, own);
  if (origin !== own || pathname.startsWith("//")) return undefined;
  if (ofSigningIn.test(pathname) && pathname !== donePath) return undefined;
  return pathname + search;
};

/** Says that somebody is signed in, to whoever opened a window for that alone. */
export const donePath = "/sign-in/done";
