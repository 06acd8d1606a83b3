// The control loop of one fleet judged by looking through all that happened, again for each figure: the twin of
// src/observe/control.

const MINUTE = 60_000_000;

/** What happened, in order. `depth`: visible messages by queue changed; `desired`; `instance`: a worker's state. */
export interface Happened {
  readonly time: number;
  readonly kind: 'depth' | 'desired' | 'instance';
  /** Queue, or worker. */
  readonly who: number;
  /** By how much a depth changes; the desired capacity; the state as in facts. */
  readonly value: number;
}

interface Change {
  readonly at: number;
  readonly time: number;
  readonly from: number;
  readonly to: number;
}

function changesOf(story: readonly Happened[]): Change[] {
  const told = story.flatMap((one, at) => (one.kind === 'desired' ? [{ ...one, at }] : []));
  return told
    .map(({ time, value, at }, i) => ({ at, time, from: told[i - 1]?.value ?? value, to: value }))
    .filter(({ from, to }) => from !== to);
}

/** Since when a queue has had messages without a break, before the event at `at`; Infinity: it has none. */
function waitingSince(story: readonly Happened[], queue: number, at: number): number {
  let depth = 0;
  let since = Infinity;
  for (const { kind, who, value, time } of story.slice(0, at)) {
    if (kind !== 'depth' || who !== queue) continue;
    if (depth === 0 && value > 0) since = time;
    depth += value;
    if (depth === 0) since = Infinity;
  }
  return since;
}

function comesIntoService(story: readonly Happened[], at: number): boolean {
  const { kind, who, value } = story[at];
  if (kind !== 'instance' || value !== 2) return false;
  const before = story.slice(0, at).filter((one) => one.kind === 'instance' && one.who === who);
  return before.at(-1)?.value !== 2;
}

export function plainReactions(story: readonly Happened[]) {
  const changes = changesOf(story);
  const falls = changes.filter(({ from, to }) => to < from);
  const rises = changes.filter(({ from, to }) => to > from);
  const asked = rises.flatMap((rise, i) => {
    const earlier = falls.filter(({ at }) => at < rise.at).map(({ time }) => time);
    const waits = [0, 1].map((queue) => waitingSince(story, queue, rise.at));
    const began = Math.max(Math.min(...waits), ...earlier);
    const isAnswered = i > 0 && rises[i - 1].time > began;
    return began === Infinity || isAnswered ? [] : [{ began, rise }];
  });
  const all = asked.map(({ began, rise }) => {
    const answer = story.findIndex(
      (_, at) =>
        at > rise.at && comesIntoService(story, at) && inServiceAfter(story, at) > rise.from,
    );
    return {
      began,
      rose: rise.time,
      before: rise.from,
      answered: answer < 0 ? Infinity : story[answer].time,
    };
  });
  const lastFall = falls.at(-1)?.time ?? -Infinity;
  return all.filter(({ answered, rose }) => answered < Infinity || rose >= lastFall);
}

/** How many are in service at `time`, after all that happens then. */
function inServiceAt(story: readonly Happened[], time: number): number {
  return inServiceAfter(story, story.filter((one) => one.time <= time).length - 1);
}

/** After the event at `at`. */
function inServiceAfter(story: readonly Happened[], at: number): number {
  const states = new Map<number, number>();
  for (const { kind, who, value } of story.slice(0, at + 1))
    if (kind === 'instance') states.set(who, value);
  return [...states.values()].filter((state) => state === 2).length;
}

export function plainEpisodes(story: readonly Happened[], end: number) {
  const groups: Change[][] = [];
  for (const change of changesOf(story)) {
    const last = groups.at(-1)?.at(-1);
    if (last === undefined || change.time - last.time >= 20 * MINUTE) groups.push([change]);
    else groups.at(-1)!.push(change);
  }
  return groups.map((changes, i) => {
    const first = changes[0];
    const last = changes.at(-1)!;
    const asked = first.to > first.from ? askedSince(story, first) : undefined;
    const began = asked ?? first.time;
    const final = last.to;
    const isOut = (value: number): boolean => Math.abs(value - final) > final / 20;
    const settled = changes.filter(({ from }) => isOut(from)).at(-1)?.time ?? began;
    const until = groups[i + 1]?.[0].time ?? end;
    const isCut = until === end && end - last.time < 20 * MINUTE && end - settled < 5 * MINUTE;
    const hasBeenOut = changes.some(({ from }) => isOut(from));
    const rise = changes.find(({ from, to }) => to > from);
    const peak = rise === undefined ? null : peakOf(story, rise.time, until);
    return {
      began,
      lastChange: last.time,
      from: first.from,
      final,
      peak,
      least: leastOf(story, first.time, until),
      overshoot: peak === null ? null : Math.max(0, peak - final) / Math.max(1, final),
      settling: isCut && hasBeenOut ? Infinity : settled - began,
      oscillations: oscillations(changes),
    };
  });
}

/** Since when the load asked for this rise; also where it was taken back later. */
function askedSince(story: readonly Happened[], rise: Change): number | undefined {
  const asked = plainReactions(story.slice(0, rise.at + 1));
  return asked.filter(({ rose }) => rose === rise.time).at(-1)?.began;
}

function peakOf(story: readonly Happened[], from: number, until: number): number {
  return Math.max(0, ...inServiceWithin(story, from, until));
}

function leastOf(story: readonly Happened[], from: number, until: number): number | null {
  const counts = inServiceWithin(story, from, until);
  return counts.length === 0 ? null : Math.min(...counts);
}

function inServiceWithin(story: readonly Happened[], from: number, until: number): number[] {
  const moments = [from, ...story.map(({ time }) => time)].filter((t) => t >= from && t < until);
  return moments.map((time) => inServiceAt(story, time));
}

/** Directions as a text: o for out, i for in; each `oi…io` is one. */
function oscillations(changes: readonly Change[]): number {
  const directions = changes.map(({ from, to }) => (to > from ? 'o' : 'i')).join('');
  const runs = directions.replace(/o+/gu, 'o').replace(/i+/gu, 'i').replace(/^i/u, '');
  return Math.max(0, runs.split('o').length - 2);
}
