import { describe, expect, test } from "vitest";
import { Cut } from "../../client/pieces/cut.ts";
import { type Box, inBox, overlaps, within } from "../../client/pieces/curve.ts";
import { boxOf } from "../../client/pieces/island.ts";
import { linkLook } from "../../client/pieces/linkLook.ts";
import { missingCourses, nodeState, spokenState } from "../../client/pieces/nodeState.ts";
import { type ChartLayout, layChart } from "../../client/scenes/chartLayout.ts";
import type { View } from "../../shared/match/view.ts";
import { MAP_SCENES, mapView } from "./mapFixture.ts";

const SCREENS = [
  { name: "a desktop", width: 1_040, height: 628 },
  { name: "a wall", width: 1_400, height: 900 },
  { name: "a phone", width: 390, height: 300 },
  { name: "a tall window", width: 600, height: 900 },
] as const;

function eachChart(check: (layout: ChartLayout, where: string, view: View) => void): void {
  for (const scene of MAP_SCENES) {
    const view = mapView(scene);
    for (const { name, width, height } of SCREENS) check(layChart(view, width, height), `${scene} on ${name}`, view);
  }
}

function onChart(box: Box, layout: ChartLayout): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= layout.width && box.bottom <= layout.height;
}

describe("the chart of any level on any screen", () => {
  test("shows every island and every zone's name whole", () => {
    eachChart((layout, where) => {
      for (const zone of layout.zones) {
        expect(onChart(boxOf(zone.island), layout), `island, ${where}`).toBe(true);
        expect(onChart(zone.labelBox, layout), `name, ${where}`).toBe(true);
      }
    });
  });

  test("keeps islands apart, and zone names apart", () => {
    eachChart((layout, where) => {
      for (const [at, zone] of layout.zones.entries()) {
        for (const other of layout.zones.slice(at + 1)) {
          expect(overlaps(boxOf(zone.island), boxOf(other.island)), `islands, ${where}`).toBe(false);
          expect(overlaps(zone.labelBox, other.labelBox), `names, ${where}`).toBe(false);
        }
      }
    });
  });

  test("stands every lighthouse on its own zone's island", () => {
    eachChart((layout, where, view) => {
      const astray = layout.nodes.filter((foot, at) => {
        const island = layout.zones[view.nodes[at]?.zone ?? -1]?.island;
        return island === undefined || !inBox(foot, boxOf(island));
      });
      expect(astray, where).toEqual([]);
    });
  });

  test("leads no sea route over the land of a third zone where the screen is wider than high", () => {
    const ashore: string[] = [];
    eachChart((layout, where, { links }) => {
      for (const [at, track] of layout.links.entries()) {
        const third = layout.zones.filter((_, zone) => zone !== links[at]?.a && zone !== links[at]?.b);
        const lands = track.points.some((point) => third.some((zone) => within(point, zone.island.outline)));
        if (lands && layout.width > layout.height) ashore.push(`link ${at}, ${where}`);
      }
    });
    expect(ashore).toEqual([]);
  });

  test("is the same every time it is laid out", () => {
    const view = mapView("fourZones");
    expect(layChart(view, 1_040, 628)).toEqual(layChart(view, 1_040, 628));
  });
});

describe("the fog bank", () => {
  test("lies between the sides and never on land", () => {
    const layout = layChart(mapView("partition"), 1_040, 628);
    const [a, b, c] = layout.zones.map((zone) => [zone.island, zone.village]);
    if (a === undefined || b === undefined || c === undefined) throw new Error("the scene has three zones");
    const cut = new Cut([[...a, ...b], c], layout.width, layout.height);
    for (const zone of layout.zones) expect(cut.coastPx(zone.island.centre.x, zone.island.centre.y)).toBe(0);
    const onTheCut = [...cut.points()].filter((point) => point.leadPx < 4);
    expect(onTheCut.length).toBeGreaterThan(10);
    for (const point of onTheCut) expect(point.coastPx).toBeGreaterThan(0);
  });
});

describe("a link", () => {
  test("has an open lane only where monitoring sees one", () => {
    expect(linkLook({ aToB: "cut", bToA: "cut" })).toBe("cut");
    expect(linkLook({ aToB: "cut", bToA: "unknown" })).toBe("cut");
    expect(linkLook({ aToB: "ok", bToA: "cut" })).toBe("cutBToA");
    expect(linkLook({ aToB: "cut", bToA: "slow" })).toBe("cutAToB");
    expect(linkLook({ aToB: "slow", bToA: "lossy" })).toBe("lossy");
    expect(linkLook({ aToB: "ok", bToA: "ok" })).toBe("ok");
  });
});

describe("a lighthouse", () => {
  test("lacks courses by how far its replica is behind: none at 2, three at 812", () => {
    expect([0, 2, 9, 10, 49, 50, 249, 250, 812, 1_249, 1_250].map(missingCourses)).toEqual([
      0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 4,
    ]);
  });

  test("has a beam where its replica leads the selected store, and none while monitoring does not see it", () => {
    const { nodes, components } = mapView("partition");
    const [oak, , , , moss, reed] = nodes;
    if (oak === undefined || moss === undefined || reed === undefined) throw new Error("the scene has six nodes");
    expect(nodeState(oak, 0, components).leads).toBe(true);
    expect(nodeState({ ...oak, status: "unknown" }, 0, components).leads).toBe(false);
    expect(nodeState(moss, 0, components)).toMatchObject({ leads: false, missing: 3, words: "812 behind" });
    expect(nodeState(reed, 0, components)).toMatchObject({ standing: "unknown", words: "last seen 4 s ago" });
  });

  test("tells a screen reader everything that it shows", () => {
    const { nodes, components } = mapView("crash");
    const [oak] = nodes;
    if (oak === undefined) throw new Error("the scene has six nodes");
    expect(spokenState(oak, nodeState(oak, -1, components))).toBe("Oak, crashed, 14 failing: no leader");
  });
});
