import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import preact from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";

/** What is worth compressing: fonts and pictures already are. */
const COMPRESSIBLE = /\.(?:js|css|html|svg|json)$/;

/** Small parts that nearly every screen uses: as chunks of their own, each would cost more than it holds. */
const SMALL =
  /client\/(?:panels\/(?:ask|dialog|copyButton|figures|names)\.|marks\/(?:operator|star|glyph|arrow)\.|session\/directory\.)|shared\/(?:wire\/(?:packedView|delta)|match\/roles)\./;

/** Writes `<file>.br` and `<file>.gz` beside every text file of the build, so that the server compresses nothing while it plays. */
function precompressed(): Plugin {
  return {
    name: "precompressed",
    apply: "build",
    async writeBundle({ dir = "" }) {
      const files = await readdir(dir, { recursive: true });
      for (const file of files.filter((name) => COMPRESSIBLE.test(name))) {
        const bytes = await readFile(join(dir, file));
        await writeFile(join(dir, `${file}.br`), brotliCompressSync(bytes));
        await writeFile(join(dir, `${file}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/**
 * The client's build: `client/` in, `dist/client/` out. Everything is a file of its own name and hash, because the
 * content security policy allows no inline script, style or data address; Phaser is a chunk of its own, because it is
 * nine tenths of the bytes and changes least.
 */
export default defineConfig({
  root: join(import.meta.dirname, "client"),
  publicDir: false,
  plugins: [preact({ devToolsEnabled: false }), precompressed()],
  // In development, what the worker needs is made ready with the rest: found later, it would reload the page.
  optimizeDeps: { entries: ["index.html", "rerun/worker.ts"] },
  build: {
    outDir: join(import.meta.dirname, "dist/client"),
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        codeSplitting: {
          groups: [
            { name: "phaser", test: /node_modules\/phaser\// },
            { name: "small", test: SMALL },
          ],
        },
      },
    },
  },
});
