/* What a page says to a browser beside itself. */

/** What no page of ours asks a browser for. */
const noDevices = ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
  .map((device) => `${device}=()`)
  .join(", ");

const policy = (forms: "'none'" | "'self'") =>
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  `base-uri 'none'; form-action ${forms}; frame-ancestors 'none'`;

/** A page loads what lies beside it and nothing else; nobody frames it, and no address leaves with a click. */
export const headers = {
  "content-security-policy": policy("'none'"),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": noDevices,
  "cache-control": "no-cache",
};

/** A page whose forms lead to the gateway itself. */
export const ownForms = { ...headers, "content-security-policy": policy("'self'") };

/** The same, and it names somebody or their token: nothing on the way keeps it. */
export const unkept = { ...ownForms, "cache-control": "no-store" };

/**
 * For whoever signed in: the forms act by a cookie, so that a browser has to say from which page each was sent. It says
 * so to us alone.
 */
export const signedIn = { ...unkept, "referrer-policy": "same-origin" };

/** A file that is taken along. */
export const attached = (type: string, name: string) => ({
  ...unkept,
  "content-type": type,
  "content-disposition": `attachment; filename="${name}"`,
});

/** What a page loads: its address names its content, so that it is asked for once. */
export const forGood = { ...headers, "cache-control": "public, max-age=31536000, immutable" };
