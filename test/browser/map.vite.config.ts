import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** Serves the map's dev page alone: `npx vite --config test/browser/map.vite.config.ts`, then open /test/browser/map.html. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  cacheDir: fileURLToPath(new URL("../../node_modules/.vite-map", import.meta.url)),
  server: { host: "127.0.0.1" },
});
