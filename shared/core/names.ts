/** A name of the level as it is shown: "oak" is spoken of as Oak. */
export function shown(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** "readYourWrites" as people say it: "read your writes". */
export function words(name: string): string {
  return name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}
