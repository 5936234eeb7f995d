import type { View } from "../../shared/match/view.ts";
import type { Point } from "./curve.ts";
import { Plate } from "./plate.ts";
import type { Stage } from "./stage.ts";

/** "0:23" for 23,400 ms. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "A B | C": the sides of a partition by the names of their zones, without a word that all names share. */
export function sidesText(view: View): string {
  const names = view.zones.map((zone) => zone.name);
  const first = names[0]?.split(" ")[0] ?? "";
  const shared = names.length > 1 && names.every((name) => name.startsWith(`${first} `)) ? first.length + 1 : 0;
  const sides = view.partition?.sides ?? [];
  return sides.map((side) => side.map((zone) => (names[zone] ?? "").slice(shared)).join(" ")).join(" | ");
}

/** The plate in the fog: that it is a partition, which sides it has and how long it has lasted. */
export class PartitionPlate {
  private readonly plate: Plate;
  private readonly compact: boolean;

  constructor(stage: Stage, at: Point, compact: boolean) {
    this.compact = compact;
    const { letters, palette } = stage;
    const title = { size: letters.name, weight: 700, colour: palette.ink };
    const lines = compact ? [title] : [title, { size: letters.name, weight: 500, colour: palette.ink2 }];
    this.plate = new Plate(stage, "words", {
      lines,
      fill: palette.plate,
      rule: palette.plateRule,
      padding: compact ? 4 : 8,
      radius: 8,
    });
    this.plate.setPosition(at.x, at.y);
  }

  show(view: View): void {
    const { partition } = view;
    if (partition === null) return;
    const title = partition.oneWay ? (this.compact ? "One way" : "One-way partition") : "Partition";
    const lasted = clockText(view.clockMs - partition.sinceMs);
    this.plate.tell(this.compact ? [`${title} ${lasted}`] : [title, `${sidesText(view)}, ${lasted}`]);
  }

  destroy(): void {
    this.plate.destroy();
  }
}
