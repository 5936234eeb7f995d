/** Replaces `{{name}}` by the fact of that name; a name without a fact is left standing, and a gate finds it. */
export function fillIn(text: string, facts: Readonly<Record<string, string>>): string {
  return text.trim().replace(/\{\{\s*([^}]+?)\s*\}\}/g, (whole, name: string) => facts[name] ?? whole);
}

/** Names in a filled text that had no fact. */
export function unfilled(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^}]+?)\s*\}\}/g)].map((match) => match[1]!);
}
