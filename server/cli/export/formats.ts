import { matchExports, type Written } from "../../../shared/match/exports.ts";
import { exposition } from "../../http/exposition.ts";
import { orMisuse, type Played } from "./played.ts";

/** One way to write a match for a tool from outside. */
export interface ExportFormat {
  readonly about: string;
  /** True when it can tell a match before its end. */
  readonly moments: boolean;
  /** True when it can tell one component without the others. */
  readonly parts: boolean;
  write(played: Played, component: string | undefined): Written | Promise<Written>;
}

/** Every format in which a match is written on the command line. */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  ...Object.fromEntries(
    Object.entries(matchExports).map(([name, { about, write }]) => [
      name,
      { about, moments: false, parts: true, write: (played: Played, named?: string) => orMisuse(write(played, named)) },
    ]),
  ),
  prometheus: {
    about: "What monitoring knows at a moment, in Prometheus's text format.",
    moments: true,
    parts: false,
    write: async ({ match }) => ({ pieces: [await exposition(match)] }),
  },
  match: {
    about: "The match file itself, once it was played again and is the same.",
    moments: false,
    parts: false,
    write: ({ file }) => ({ pieces: [`${JSON.stringify(file, null, 2)}\n`] }),
  },
};
