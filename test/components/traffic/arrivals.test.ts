import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateArrivals, ReplayArrivals } from '../../../src/components/traffic/arrivals.js';
import type { Arrivals } from '../../../src/components/traffic/arrivals.js';
import { RateProfile } from '../../../src/components/traffic/rate-profile.js';
import { Streams } from '../../../src/kernel/random/streams.js';

const SECOND = 1_000_000;

function all(arrivals: Arrivals, before = Infinity): number[] {
  const times: number[] = [];
  for (let time = arrivals.next(); time < before; time = arrivals.next()) times.push(time);
  return times;
}

const stream = (seed: string) => new Streams(seed, 0).stream('traffic', 'arrivals');

/** Λ(t) by a sum over small steps: slow and obvious. */
function integrated(segments: ConstructorParameters<typeof RateProfile>[0], time: number): number {
  let sum = 0;
  for (const s of segments) {
    const end = Math.min(s.end, time);
    if (end <= s.start) continue;
    const share = (end - s.start) / (s.end - s.start);
    const last = s.fromPerSecond + (s.toPerSecond - s.fromPerSecond) * share;
    sum += (((s.fromPerSecond + last) / 2) * (end - s.start)) / SECOND;
  }
  return sum;
}

describe('constant arrivals', () => {
  it('come at 0, 1, 2, … seconds at 1/s, and not at the end', () => {
    const profile = new RateProfile([
      { start: 0, end: 5 * SECOND, fromPerSecond: 1, toPerSecond: 1 },
    ]);
    expect(all(new RateArrivals(profile, null))).toEqual([0, 1, 2, 3, 4].map((s) => s * SECOND));
  });

  it('wait through a phase without traffic', () => {
    const profile = new RateProfile([
      { start: 0, end: 3 * SECOND, fromPerSecond: 0, toPerSecond: 0 },
      { start: 3 * SECOND, end: 5 * SECOND, fromPerSecond: 1, toPerSecond: 1 },
    ]);
    expect(all(new RateArrivals(profile, null))).toEqual([3 * SECOND, 4 * SECOND]);
  });

  it('follow a ramp: half of them lie in the last 29.3 % of a ramp from 0', () => {
    const profile = new RateProfile([
      { start: 0, end: 100 * SECOND, fromPerSecond: 0, toPerSecond: 20 },
    ]);
    const times = all(new RateArrivals(profile, null));
    expect(times).toHaveLength(1000);
    expect(times[500] / SECOND).toBeCloseTo(100 * Math.sqrt(0.5), 4);
  });
});

describe('the rate profile', () => {
  const segment = fc.record({
    seconds: fc.integer({ min: 1, max: 100 }),
    from: fc.integer({ min: 0, max: 50 }),
    to: fc.integer({ min: 0, max: 50 }),
  });

  it('inverts the integrated rate', () => {
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (parts, share) => {
          let start = 0;
          const segments = parts.map(({ seconds, from, to }) => {
            const end = start + seconds * SECOND;
            const made = { start, end, fromPerSecond: from, toPerSecond: to };
            start = end;
            return made;
          });
          const profile = new RateProfile(segments);
          const wanted = profile.total * share;
          const time = profile.timeOf(wanted);
          if (profile.total === 0) expect(time).toBe(Infinity);
          else expect(integrated(segments, time)).toBeCloseTo(wanted, 6);
        },
      ),
    );
  });
});

describe('Poisson arrivals', () => {
  it('number what the rates say, within four standard deviations', () => {
    const segments = [
      { start: 0, end: 100 * SECOND, fromPerSecond: 50, toPerSecond: 50 },
      { start: 100 * SECOND, end: 200 * SECOND, fromPerSecond: 50, toPerSecond: 500 },
    ];
    const times = all(new RateArrivals(new RateProfile(segments), stream('a')));
    const first = times.filter((time) => time < 100 * SECOND).length;
    expect(Math.abs(first - 5000)).toBeLessThan(4 * Math.sqrt(5000));
    expect(Math.abs(times.length - 32_500)).toBeLessThan(4 * Math.sqrt(32_500));
    for (let i = 1; i < times.length; i++) expect(times[i]).toBeGreaterThanOrEqual(times[i - 1]);
  });

  it('keep their points when the rate grows: the same shoppers, closer together', () => {
    const at = (rate: number) =>
      all(
        new RateArrivals(
          new RateProfile([
            { start: 0, end: 100 * SECOND, fromPerSecond: rate, toPerSecond: rate },
          ]),
          stream('b'),
        ),
      );
    const slow = at(10);
    const fast = at(11);
    for (let i = 0; i < 500; i++) expect(fast[i] / slow[i]).toBeCloseTo(10 / 11, 3);
  });
});

describe('a replay', () => {
  it('conserves each row of any trace and stays inside its interval', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 }),
        fc.boolean(),
        (counts, poisson) => {
          const plan = { kind: 'counts' as const, every: SECOND, counts };
          const times = all(new ReplayArrivals(plan, poisson ? stream('c') : null));
          counts.forEach((count, row) => {
            expect(times.filter((time) => Math.floor(time / SECOND) === row)).toHaveLength(count);
          });
          for (let i = 1; i < times.length; i++)
            expect(times[i]).toBeGreaterThanOrEqual(times[i - 1]);
        },
      ),
    );
  });

  it('spreads the points of a row evenly when the arrivals are Poisson', () => {
    const counts = Array.from({ length: 4000 }, () => 3);
    const times = all(new ReplayArrivals({ kind: 'counts', every: SECOND, counts }, stream('d')));
    const places = times.map((time) => (time % SECOND) / SECOND);
    const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
    const early = places.filter((place) => place < 0.25).length / places.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / places.length));
    expect(Math.abs(early - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / places.length));
  });
});
