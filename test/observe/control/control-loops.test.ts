// What fleets' loops come to, on sequences made by hand.

import { describe, expect, test } from 'vitest';
import {
  episodeFigures,
  oscillationsOf,
  overEpisodes,
} from '../../../src/observe/control/figures.js';
import { MINUTE } from '../../../src/kernel/time.js';
import { minutes, Told } from './loop.js';

describe('a fleet that never scales', () => {
  test('has no episodes, also where messages wait and instances are replaced', () => {
    const loop = new Told(3).at(5).comes(100).loses(1).gets(1).at(30).goes(100).ends(60);
    expect(loop).toEqual({ reactions: [], episodes: [] });
    expect(overEpisodes(episodeFigures(loop, 'reactionTime'), 'max')).toBe(null);
    expect(overEpisodes(episodeFigures(loop, 'overshoot'), 'max')).toBe(null);
    expect(oscillationsOf(loop)).toBe(0);
  });

  test('not even at its start', () => {
    expect(new Told(0).ends(60)).toEqual({ reactions: [], episodes: [] });
  });
});

describe('reaction', () => {
  test('from the first message that waits to the first new instance that works', () => {
    const told = new Told(1).at(10).comes(5).at(11).comes(5).at(13).wants(3);
    const first = told.launch();
    const second = told.launch();
    told.at(14.5).works(second).at(15).works(first);
    expect(minutes(told.ends(60)).reactions).toEqual([[10, 13, 14.5]]);
  });

  test('an empty queue in between begins it anew', () => {
    const told = new Told(1).at(10).comes(5).at(11).goes(5).at(12).comes().at(13).wants(2);
    expect(minutes(told.at(14).gets(1).ends(60)).reactions).toEqual([[12, 13, 14]]);
  });

  test('further rises while the same messages wait are part of the same answer', () => {
    const told = new Told(1).at(10).comes(5).at(13).wants(2).at(14).wants(4).at(15).gets(3);
    expect(minutes(told.ends(60)).reactions).toEqual([[10, 13, 15]]);
  });

  test('each wait has its own answer', () => {
    const told = new Told(1).at(10).comes().at(12).wants(2).at(13).gets(1).goes();
    told.at(40).comes().at(45).wants(3).at(46).gets(1);
    const loop = told.ends(60);
    expect(minutes(loop).reactions).toEqual([
      [10, 12, 13],
      [40, 45, 46],
    ]);
    const figures = episodeFigures(loop, 'reactionTime');
    expect(overEpisodes(figures, 'mean')).toBe(4.5 * MINUTE);
    expect(overEpisodes(figures, 'min')).toBe(3 * MINUTE);
    expect(overEpisodes(figures, 'max')).toBe(6 * MINUTE);
  });

  test('a rise with nothing waiting is none', () => {
    expect(new Told(1).at(10).wants(5).at(11).gets(4).comes().ends(60).reactions).toEqual([]);
  });

  test('the load asks again once the group has wanted fewer', () => {
    const told = new Told(4).comes(9).at(10).wants(2).loses(2).at(15).wants(3).at(16).gets(1);
    expect(minutes(told.ends(60)).reactions).toEqual([[10, 15, 16]]);
  });

  test('what only fills up or replaces does not answer', () => {
    const crash = new Told(2).at(5).comes().loses(1).at(6).wants(3).at(7).gets(1).at(8).gets(1);
    expect(minutes(crash.ends(60)).reactions).toEqual([[5, 6, 8]]);
    const told = new Told(1).at(5).wants(2);
    const early = told.launch();
    told.at(6).comes().at(7).wants(3).at(8).works(early).at(9).gets(1);
    expect(minutes(told.ends(60)).reactions).toEqual([[6, 7, 9]]);
  });

  test('never, when no new instance works before the run ends', () => {
    const told = new Told(1).at(10).comes().at(13).wants(2);
    told.launch();
    expect(minutes(told.ends(14)).reactions).toEqual([[10, 13, Infinity]]);
  });

  test('is no figure when it was taken back before', () => {
    const told = new Told(1).at(10).comes().at(13).wants(2);
    const worker = told.launch();
    told.at(13.5).wants(1);
    expect(worker).toBe(1);
    expect(told.ends(60).reactions).toEqual([]);
  });

  test('what began in the warm-up is left out', () => {
    const told = new Told(1, 11).at(10).comes().at(13).wants(2).at(14).gets(1);
    expect(told.ends(60)).toEqual({ reactions: [], episodes: [] });
  });

  test('what swings before the end of the warm-up and after it swings after it', () => {
    const told = new Told(1, 30);
    for (let at = 5; at <= 55; at += 10)
      told
        .at(at)
        .wants(3)
        .at(at + 5)
        .wants(1);
    const { episodes } = told.ends(70);
    expect(episodes.map(({ began, oscillations }) => [began / MINUTE, oscillations])).toEqual([
      [30, 2],
    ]);
  });
});

describe('episodes', () => {
  test('a step without overshoot', () => {
    const told = new Told(2).at(10).comes().at(13).wants(10).at(14).gets(8).goes();
    expect(minutes(told.ends(60)).episodes).toEqual([
      {
        began: 10,
        lastChange: 13,
        settling: 3,
        from: 2,
        final: 10,
        peak: 10,
        least: 2,
        overshoot: 0,
        oscillations: 0,
      },
    ]);
  });

  test('one that goes too far and comes back', () => {
    const told = new Told(2).at(10).comes().at(13).wants(15).at(14).gets(13).goes();
    told.at(25).wants(12).loses(3).at(30).wants(10).loses(2);
    const loop = told.ends(60);
    expect(minutes(loop).episodes).toMatchObject([
      { from: 2, peak: 15, final: 10, overshoot: 0.5, settling: 20, oscillations: 0 },
    ]);
  });

  test('within 5 % of the final value it has settled', () => {
    const told = new Told(2).at(10).wants(105).at(12).wants(100).at(14).wants(94).at(16).wants(100);
    expect(minutes(told.ends(60)).episodes).toMatchObject([
      { settling: 6, final: 100, oscillations: 1 },
    ]);
    const near = new Told(2).at(10).wants(105).at(12).wants(100).at(14).wants(95).at(16).wants(100);
    expect(minutes(near.ends(60)).episodes).toMatchObject([{ settling: 0, final: 100 }]);
    expect(minutes(new Told(100).at(10).wants(103).ends(60)).episodes).toMatchObject([
      { settling: 0 },
    ]);
  });

  test('the peak is that of instances in service, also where fewer were wanted by then', () => {
    const told = new Told(2).at(10).wants(8).at(11).gets(6).at(12).wants(4).at(13).loses(4);
    expect(minutes(told.ends(60)).episodes).toMatchObject([{ peak: 8, final: 4, overshoot: 1 }]);
  });

  test('the fewest in service since its first change, but not before and not in the next', () => {
    const told = new Told(8).at(5).loses(7).at(6).gets(7).at(10).wants(4).at(11).loses(6).gets(2);
    told.at(40).wants(1).at(41).loses(3);
    expect(minutes(told.ends(90)).episodes).toMatchObject([
      { peak: null, least: 4 },
      { peak: null, least: 1 },
    ]);
  });

  test('what comes and goes within one instant was never there', () => {
    const told = new Told(2).at(10).wants(3).at(11).gets(1).at(12).gets(1).loses(1);
    expect(minutes(told.ends(60)).episodes).toMatchObject([{ peak: 3, overshoot: 0 }]);
  });

  test('twenty quiet minutes end one; what comes later is another', () => {
    const quiet = new Told(2).at(10).wants(4).gets(2).at(30).wants(2).loses(2);
    expect(minutes(quiet.ends(90)).episodes).toMatchObject([
      { began: 10, lastChange: 10, final: 4, overshoot: 0, peak: 4 },
      { began: 30, lastChange: 30, from: 4, final: 2, peak: null, overshoot: null, settling: 0 },
    ]);
    const sooner = new Told(2).at(10).wants(4).gets(2).at(29.9).wants(2).loses(2);
    expect(minutes(sooner.ends(90)).episodes).toMatchObject([
      { began: 10, lastChange: 29.9, final: 2, overshoot: 1, peak: 4 },
    ]);
  });

  test('a fleet that settles at none is compared with one instance', () => {
    const told = new Told(0).at(10).wants(3).gets(3).at(20).wants(0).loses(3);
    expect(told.ends(60).episodes).toMatchObject([{ peak: 3, final: 0, overshoot: 3 }]);
  });

  test('has not settled when its last change is less than five minutes before the end', () => {
    const told = () => new Told(2).at(10).wants(4).at(20).wants(8);
    expect(minutes(told().ends(24.9)).episodes).toMatchObject([{ settling: Infinity }]);
    expect(minutes(told().ends(25)).episodes).toMatchObject([{ settling: 10 }]);
  });

  test('oscillations: each return to scaling out', () => {
    const told = new Told(2);
    for (let i = 0; i < 4; i++) {
      told.at(10 + 10 * i).wants(6);
      told.at(15 + 10 * i).wants(4);
      told.at(17 + 10 * i).wants(2);
    }
    const loop = told.ends(60);
    expect(loop.episodes).toHaveLength(1);
    expect(oscillationsOf(loop)).toBe(3);
    const pulse = new Told(2).at(10).wants(4).at(11).wants(6).at(12).wants(2).ends(60);
    expect(oscillationsOf(pulse)).toBe(0);
    const dip = new Told(6).at(10).wants(4).at(11).wants(6).ends(60);
    expect(oscillationsOf(dip)).toBe(0);
  });
});
