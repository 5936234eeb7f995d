import type { IncomingMessage } from "node:http";

/**
 * Whether a request comes from a page that this server served, or from no page at all (a program, which sends no
 * Origin). Browsers send Origin with every socket and every POST, so another site's page can't play with our visitors'
 * hands.
 */
export function isSameOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
