import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { ROOT } from "../importsOf.ts";

/** How to start a Chromium: its file, and what its process must find in the environment. */
export interface ChromiumBinary {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const INSTALLED_NAMES = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
const INSTALLED_PATHS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
/** The folder name carries the package's version, so that an upgrade unpacks anew. */
const UNPACKED = join(ROOT, "node_modules/.cache/chromium-153.0.0");

function installed(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const onPath = folders.flatMap((folder) => INSTALLED_NAMES.map((name) => join(folder, name)));
  return [...onPath, ...INSTALLED_PATHS].find((path) => existsSync(path));
}

/** Fontconfig knows no relative folders, so the file is written where the fonts lie. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;
}

/**
 * Unpacks the Chromium that lies inside an npm package, with the few system libraries it needs, once per checkout: into
 * a folder of its own that gets its final name only when it is complete, since two processes may ask at once.
 */
async function unpack(): Promise<void> {
  if (existsSync(UNPACKED)) return;
  const draft = `${UNPACKED}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = draft;
  try {
    await chromium.executablePath();
    await inflate(join(ROOT, "node_modules/@sparticuz/chromium/bin/al2023.tar.br"));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  await writeFile(join(draft, "fonts/fonts.conf"), fontsConfig(UNPACKED));
  try {
    await rename(draft, UNPACKED);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(UNPACKED)) throw error;
  }
}

/** An installed Chrome or Chromium where there is one, else the one from npm. */
export async function chromiumBinary(): Promise<ChromiumBinary> {
  const path = installed();
  if (path !== undefined) return { path, env: {} };
  await unpack();
  const env = { FONTCONFIG_PATH: join(UNPACKED, "fonts"), LD_LIBRARY_PATH: join(UNPACKED, "al2023/lib") };
  return { path: join(UNPACKED, "chromium"), env };
}
