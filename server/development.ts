import type { RequestHandler } from "express";

/** The client as it is being written: Vite builds each file when it is asked for, and tells the page what changed. */
export interface DevelopmentClient {
  readonly middleware: RequestHandler;
  close(): Promise<void>;
}

/** Port of Vite's own socket, because ours carries the rooms. */
const RELOAD_PORT = 24_678;

/** Starts Vite inside the server, so that page and rooms share an origin as they do in play. */
export async function developmentClient(): Promise<DevelopmentClient> {
  const { createServer } = await import("vite");
  const vite = await createServer({
    appType: "spa",
    logLevel: "warn",
    server: { middlewareMode: true, hmr: { port: RELOAD_PORT } },
  });
  return { middleware: vite.middlewares, close: () => vite.close() };
}
