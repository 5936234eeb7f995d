/** Verbs that do not take "ed". */
const IRREGULAR: Readonly<Record<string, string>> = {
  turns: "turned",
  sets: "set",
  sends: "sent",
  lets: "let",
  caps: "capped",
  has: "had",
  takes: "taken",
  splits: "split",
  rebuilds: "rebuilt",
  says: "said",
  switches: "switched",
};

/** What somebody does, as what they had done: "fences Oak" is "fenced Oak", "sends a crew to link A–B" is "sent …". */
export function past(text: string): string {
  const [verb = "", ...rest] = text.split(" ");
  return [participle(verb), ...rest].join(" ");
}

function participle(verb: string): string {
  const irregular = IRREGULAR[verb];
  if (irregular !== undefined) return irregular;
  const stem = verb.replace(/s$/, "");
  return stem.endsWith("e") ? `${stem}d` : `${stem}ed`;
}
