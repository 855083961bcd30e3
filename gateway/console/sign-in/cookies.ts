import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/*
 * The two cookies of the pages: who is signed in, and who is on their way to a provider. No script reads them, no other
 * site's form carries them, and over https no neighbour of our domain can set them (`__Host-`).
 */

type Name = "everydose" | "everydose-way";

export const openCookies = (isSecure: boolean) => {
  const prefix = isSecure ? ("host" as const) : undefined;
  const options = { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure } as const;
  return {
    read: (c: Context, name: Name): string | undefined => getCookie(c, name, prefix),
    /** Without `seconds`, until the browser is closed. */
    write: (c: Context, name: Name, value: string, seconds?: number): void =>
      setCookie(c, name, value, { ...options, prefix, maxAge: seconds }),
    remove: (c: Context, name: Name): void => {
      deleteCookie(c, name, { ...options, prefix });
    },
  };
};
