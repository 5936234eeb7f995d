import type { MatchFile } from "../../shared/wire/matchFile.ts";
import type { Recording } from "../rerun/asks.ts";
import { isUnreadable, read, UNREACHABLE, type Unreadable } from "./directory.ts";

/** A finished match of this server, with the level that it was played on. */
export async function fetchRecording(matchId: string): Promise<Recording | Unreadable> {
  const file = await read<MatchFile>(`/api/matches/${encodeURIComponent(matchId)}`);
  return isUnreadable(file) ? file : withLevel(file);
}

/** A match from a file that somebody has; its level is this server's. The rest of the file is checked where it is played. */
export async function readRecording(file: File): Promise<Recording | Unreadable> {
  let plain: unknown;
  try {
    plain = JSON.parse(await file.text());
  } catch {
    return { sentence: `${file.name} is no match file: it is not JSON.` };
  }
  const id = (plain as { level?: { id?: unknown } } | null)?.level?.id;
  if (typeof id !== "string") return { sentence: `${file.name} is no match file: it names no level.` };
  return withLevel(plain as MatchFile);
}

async function withLevel(file: MatchFile): Promise<Recording | Unreadable> {
  const { id } = file.level;
  try {
    const response = await fetch(`/api/levels/${encodeURIComponent(id)}/file`);
    if (!response.ok) return { sentence: ((await response.json()) as Unreadable).sentence };
    return { file, levelText: await response.text(), levelPath: `levels/${id}.yaml` };
  } catch {
    return UNREACHABLE;
  }
}
