import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import helmet from "helmet";

/**
 * Everything comes from our own origin and nothing from anywhere else: no inline script or style, no frame, no font or
 * picture of another host. Headers that only make sense behind TLS stay off, because a class plays over plain HTTP on
 * the school's own network.
 */
export function security(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Older Safari does not count our own sockets as 'self'.
        connectSrc: ["'self'", ownSocket("ws"), ownSocket("wss")],
        imgSrc: ["'self'", "data:", "blob:"],
        // Matches are played again in a worker.
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    strictTransportSecurity: false,
    referrerPolicy: { policy: "same-origin" },
  });
}

function ownSocket(scheme: "ws" | "wss"): (request: IncomingMessage) => string {
  return ({ headers: { host } }) =>
    host !== undefined && /^[\w.:[\]-]+$/.test(host) ? `${scheme}://${host}` : "'self'";
}
