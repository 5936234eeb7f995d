/**
 * A spoken room code such as KELP-472: four letters and three digits. Case, spaces and dash are forgiven; null when it
 * can't be a code. Stands alone, because a page needs it long before it needs to validate messages.
 */
export function parseCode(text: string): string | null {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return /^[A-Z]{4}\d{3}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}
