// Control loops against their plain twin, on random stories.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InstanceState } from '../../../src/components/facts.js';
import { ControlLoops } from '../../../src/observe/control/control-loops.js';
import { GapClocks } from '../../../src/observe/gap-clock.js';
import type { Happened } from '../../reference/plain-control.js';
import { plainEpisodes, plainReactions } from '../../reference/plain-control.js';

const MINUTE = 60_000_000;
const FLEET = 2;

/** A turn: so many minutes later, something with a number. */
const turn = fc.record({
  later: fc.constantFrom(0, 0, 0.5, 1, 3, 7, 20, 25),
  what: fc.constantFrom('comes', 'goes', 'desired', 'desired', 'moves', 'moves', 'moves'),
  n: fc.nat(9),
});
const stories = fc.oneof(
  fc.array(turn, { maxLength: 20 }),
  fc.array(turn, { minLength: 40, maxLength: 80 }),
);

/** From turns to what can happen: queues are never below empty, the dead stay dead. */
function storyOf(turns: readonly { later: number; what: string; n: number }[]): Happened[] {
  const story: Happened[] = [{ time: 0, kind: 'desired', who: 0, value: 2 }];
  const depths = [0, 0];
  const states: number[] = [];
  let time = 0;
  for (const { later, what, n } of turns) {
    time += later * MINUTE;
    const queue = n % 2;
    if (what === 'comes') {
      depths[queue]++;
      story.push({ time, kind: 'depth', who: queue, value: 1 });
    } else if (what === 'goes' && depths[queue] > 0) {
      depths[queue]--;
      story.push({ time, kind: 'depth', who: queue, value: -1 });
    } else if (what === 'desired') story.push({ time, kind: 'desired', who: 0, value: n });
    else if (what === 'moves') {
      const worker = n < states.length ? n : states.length;
      const state = (states[worker] ?? -1) + 1;
      if (state > 4) continue;
      states[worker] = state;
      story.push({ time, kind: 'instance', who: worker, value: state });
    }
  }
  return story;
}

test('reactions and episodes are those of the twin', () => {
  let reactions = 0;
  let oscillations = 0;
  const property = fc.property(stories, fc.constantFrom(1, 5, 30), (turns, rest) => {
    const story = storyOf(turns);
    const end = story[story.length - 1].time + rest * MINUTE;
    const clock = { now: 0 };
    const gaps = new GapClocks(clock, 3);
    const loops = new ControlLoops(clock, gaps, [{ id: FLEET, queues: [0, 1], scales: null }], 0);
    for (const { time, kind, who, value } of story) {
      clock.now = time;
      if (kind === 'desired') loops.desired(FLEET, value);
      else if (kind === 'instance') loops.instance(FLEET, who, value as InstanceState);
      else if (value > 0) gaps.shown(who);
      else gaps.hidden(who);
    }
    loops.finish(end);
    const found = loops.of(FLEET);
    expect(found.reactions).toEqual(plainReactions(story));
    expect(found.episodes).toEqual(plainEpisodes(story, end));
    reactions += found.reactions.length;
    oscillations += found.episodes.reduce((sum, episode) => sum + episode.oscillations, 0);
  });
  fc.assert(property, { numRuns: 500, interruptAfterTimeLimit: 30_000 });
  expect(reactions).toBeGreaterThan(50);
  expect(oscillations).toBeGreaterThan(50);
});
