import { createHash, randomBytes } from "node:crypto";

/**
 * The key to a seat: 24 random bytes that only its player's browser holds. The server keeps the SHA-256 alone, in memory
 * as on disk, so nothing it could leak opens a seat.
 */
export function newSeatToken(): string {
  return randomBytes(24).toString("base64url");
}

/** What the server keeps of a token. No salt: a token has 192 random bits, so there is nothing to guess. */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
