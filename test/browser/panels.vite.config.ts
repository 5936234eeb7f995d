import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

/** Serves the panels' dev page: `npx vite --config test/browser/panels.vite.config.ts`, then open /test/browser/panels.html. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  cacheDir: fileURLToPath(new URL("../../node_modules/.vite-panels", import.meta.url)),
  plugins: [preact({ devToolsEnabled: false })],
  server: { host: "127.0.0.1", hmr: false, watch: null },
});
