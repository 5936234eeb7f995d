import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import express, { type RequestHandler, Router } from "express";

/** Compressed twins that the build leaves beside a file, best first. */
const ENCODINGS = [
  { encoding: "br", suffix: ".br" },
  { encoding: "gzip", suffix: ".gz" },
] as const;

/** Whether `folder` holds a built client. */
export function isBuilt(folder: string): boolean {
  try {
    return readdirSync(folder).includes("index.html");
  } catch {
    return false;
  }
}

/**
 * Serves the built client: files with a hash in their name for ever, the page itself asked anew each time, everything in
 * the smallest form that the browser reads.
 */
export function builtClient(folder: string): Router {
  const router = Router();
  const files = new Set(
    readdirSync(folder, { recursive: true }).map((file) => `/${String(file).replaceAll("\\", "/")}`),
  );
  router.use(compressed(files));
  router.use(
    express.static(folder, {
      index: false,
      setHeaders(response, path) {
        const hashed = path.startsWith(join(folder, "assets"));
        response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  return router;
}

/** Hands out the compressed twin of a file under the file's own type. */
function compressed(files: ReadonlySet<string>): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const path = request.path === "/" ? "/index.html" : request.path;
    request.url = path;
    if (!files.has(path)) return next();
    const twin = ENCODINGS.find(
      ({ encoding, suffix }) => request.acceptsEncodings(encoding) && files.has(path + suffix),
    );
    response.vary("Accept-Encoding");
    if (twin === undefined) return next();
    response.type(extname(path));
    response.setHeader("Content-Encoding", twin.encoding);
    request.url = path + twin.suffix;
    return next();
  };
}
