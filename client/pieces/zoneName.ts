import type * as Phaser from "phaser";
import type { View, ZoneView } from "../../shared/match/view.ts";
import type { Point } from "./curve.ts";
import { grouped } from "./nodeState.ts";
import type { Stage } from "./stage.ts";
import { say, write } from "./words.ts";

/** A line of more letters than this is broken up, for the water beside an island is narrow. */
const LONGEST_LINE = 26;
/** From this share of failed requests on, a zone's line says so. */
const NOTEWORTHY_FAILED_SHARE = 0.02;

/** What a zone is called on the chart: a mere letter or two is introduced, "Zone A"; a real name stands alone. */
export function zoneTitle(name: string): string {
  return name.length <= 2 ? `Zone ${name}` : name;
}

/** A zone's name in the water, and under it what its clients ask and how they fare. */
export class ZoneName {
  private readonly stage: Stage;
  private readonly name: Phaser.GameObjects.Text;
  private readonly fare: Phaser.GameObjects.Text;
  private readonly compact: boolean;
  private readonly at: Point;

  constructor(stage: Stage, at: Point, compact: boolean) {
    this.stage = stage;
    this.compact = compact;
    this.name = write(stage, "words", {
      size: stage.letters.zone,
      weight: 600,
      colour: stage.palette.ink,
      face: "water",
    }).setPosition(at.x, at.y);
    this.fare = write(stage, "words", { size: stage.letters.state, weight: 550, colour: stage.palette.ink2 });
    this.fare
      .setOrigin(0.5, 0)
      .setAlign("center")
      .setPosition(at.x, at.y + stage.letters.zone * 0.5);
    this.at = at;
  }

  show(view: View, zone: number): void {
    const about = view.zones[zone];
    if (about === undefined) return;
    const trouble = troubleOf(view, zone, about);
    say(this.name, zoneTitle(about.name));
    const rate = `${grouped(about.requestsPerSecond)} req/s`;
    const target = about.routedTo === zone ? "" : `sent to ${zoneTitle(view.zones[about.routedTo]?.name ?? "")}`;
    const parts = (this.compact ? [trouble] : [rate, trouble, target]).filter((part) => part !== "");
    const line = parts.join(" · ");
    const broken = line.length > LONGEST_LINE ? parts.join("\n") : line;
    if (!say(this.fare, broken, trouble === "" ? this.stage.palette.ink2 : this.stage.palette.error)) return;
    const half = this.fare.width / 2 + 2;
    this.fare.setX(Math.min(this.stage.width - half, Math.max(half, this.at.x)));
  }
}

/** "cut off" beyond a partition as monitoring sees it, else the failed share where it is worth a word. */
function troubleOf(view: View, zone: number, about: ZoneView): string {
  const sides = view.partition?.sides ?? [];
  if (view.partition?.oneWay !== true && sides.slice(1).some((side) => side.includes(zone))) return "cut off";
  const percent = Math.round(about.failedShare * 100);
  return about.failedShare >= NOTEWORTHY_FAILED_SHARE ? `${Math.max(percent, 1)} % failing` : "";
}
