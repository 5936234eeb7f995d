import { describe, expect, test } from "vitest";
import { single } from "../../shared/protocols/single.ts";
import { play } from "./story.ts";

describe("stories of single", () => {
  test("keeps what it acknowledged through a crash, and serves nobody meanwhile", () => {
    const story = `
      Ann writes 1 at Oak → acknowledged
      Oak crashes
      Ann reads at Oak → no answer
      Oak restarts
      Ann reads at Oak → 1
      Oak crashes
      Oak restarts with an empty disk
      Ann reads at Oak → nothing
    `;
    expect(play(story, { protocol: single, replicas: 1 })).toBe(story);
  });
});
