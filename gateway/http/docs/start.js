/* global Scalar */

// The script before this one brings Scalar. Nothing is asked of any other site: no fonts, no counting, no proxy.
Scalar.createApiReference("#reference", {
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true },
});
