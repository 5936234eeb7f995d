import { departuresOf } from "./departures.ts";
import { type Entry, type Section, sections } from "./sections.ts";

/** The whole catalogue as Markdown. */
export function catalogueText(): string {
  const intro = "Everything that the game is made of, printed from its registries by `npm run catalogue`.";
  return `${["# Catalogue", intro, ...sections().map(sectionText)].join("\n\n")}\n`;
}

function sectionText({ title, intro, registry, entries }: Section): string {
  const texts = Object.entries(entries).map(([name, entry]) => entryText(name, entry, departuresOf(registry, name)));
  return [`## ${title}`, intro, ...texts].join("\n\n");
}

function entryText(name: string, { about, source, simplified = [], notes = [] }: Entry, departures: readonly string[]): string {
  const lines = [
    ...notes.map((note) => `- ${note}`),
    ...(source === undefined ? [] : [`- Source: ${source}`]),
    ...new Set([...simplified, ...departures].map((departure) => `- Simplified: ${departure}`)),
  ];
  return [`### ${name}`, about, ...(lines.length === 0 ? [] : [lines.join("\n")])].join("\n\n");
}
