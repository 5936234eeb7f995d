import type { SeatTicket } from "../../shared/wire/room.ts";

/** A ticket and whose it is, so that a page can offer the way back by name. */
export interface KeptTicket extends SeatTicket {
  readonly name: string;
}

const KEY = "split-brain seat";

/**
 * Keeps a ticket twice: for this tab, which comes back by itself after a refresh, and for the browser, which offers the
 * way back on a later visit. A new tab therefore never takes the seat of an open one without asking.
 */
export function keepTicket(ticket: KeptTicket): void {
  for (const storage of storages()) storage.setItem(KEY, JSON.stringify(ticket));
}

/** The ticket of this tab, or null. */
export function ticketOfTab(): KeptTicket | null {
  return read(storages()[0]);
}

/** The last ticket of this browser, or null. */
export function ticketOfBrowser(): KeptTicket | null {
  return read(storages()[1]);
}

/** Forgets a seat that is given up or gone. Another seat's ticket is left alone. */
export function forgetTicket(token: string): void {
  for (const storage of storages()) {
    if (read(storage)?.token === token) storage.removeItem(KEY);
  }
}

/** This tab no longer comes back to its seat by itself; the browser may still offer the way. */
export function leaveTab(): void {
  storages()[0]?.removeItem(KEY);
}

/** A browser that keeps nothing (private windows, strict settings) plays all the same; it only can't come back. */
function storages(): Storage[] {
  try {
    return [window.sessionStorage, window.localStorage];
  } catch {
    return [];
  }
}

function read(storage: Storage | undefined): KeptTicket | null {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? "null") as Partial<KeptTicket> | null;
    const { code, token, name } = kept ?? {};
    return code === undefined || token === undefined ? null : { code, token, name: name ?? "" };
  } catch {
    return null;
  }
}
