import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";

/** When a post gets into the feeds of those who follow its author. */
export const FAN_OUTS = ["onWrite", "onRead", "hybrid"] as const;
export type FanOut = (typeof FAN_OUTS)[number];

/** Feeds: users post, follow one another, and read the newest posts of whom they follow. A user is one key, from 0. */
export const TimelineConfig = z.strictObject({
  kind: z.literal("timeline"),
  on: z.array(Name).min(1).describe("nodes; each zone has all feeds, split among its nodes"),
  users: z.int().min(2).max(20_000).default(200),
  follows: z
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe("whom a user follows at first, chosen by Zipf's law: user 0 is the most famous"),
  skew: z.number().min(0).max(3).default(1).describe("exponent of that law; 0: nobody is famous"),
  fanOut: z
    .enum(FAN_OUTS)
    .default("hybrid")
    .describe(
      "a post is copied into every follower's feed, or feeds are gathered when read, or both by the number of followers",
    ),
  threshold: z
    .int()
    .min(1)
    .max(20_000)
    .default(50)
    .describe("hybrid: from so many followers on, posts are gathered when read"),
  newest: z.int().min(1).max(100).default(10).describe("posts in a feed"),
  postTime: Duration.default(1).describe("CPU time of a post, mean of an exponential"),
  readTime: Duration.default(1).describe("CPU time of a read, mean of an exponential"),
  perFollower: Duration.default(0.2).describe("CPU time of copying a post into one feed"),
  perFollowee: Duration.default(0.2).describe("CPU time of looking up the posts of one author for a read"),
  repeatEvery: Interval.default(500).describe("time between two repetitions of what another node has not acknowledged"),
  timeout: Interval.default(300).describe("how long a read waits for other nodes"),
});
export type TimelineConfig = z.infer<typeof TimelineConfig>;
