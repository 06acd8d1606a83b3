import { describe, expect, test } from 'vitest';
import { sparkline, sparklines } from '../../src/report/sparkline.js';
import { makeReport } from './fixture.js';

describe('a sparkline', () => {
  test('shows 0 as a gap, anything more as a block, the highest as a full one', () => {
    expect(sparkline([0, 0.001, 4, 8], 4)).toBe(' ▁▄█');
    expect(sparkline([0, 0], 3)).toBe('   ');
    expect(sparkline([], 2)).toBe('  ');
  });

  test('hides no peak when steps outnumber columns, and stretches when they do not', () => {
    expect(sparkline([0, 0, 0, 9, 0, 0], 2)).toBe(' █');
    expect(sparkline([1, 2], 4)).toBe('▄▄██');
  });

  test('lines share one time axis with their names and peaks', () => {
    const lines = sparklines(makeReport());
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^orders depth {7}.*max 54,321$/u);
    expect(lines[1]).toMatch(/^workers instances {2}▁.*max 40$/u);
    expect(lines[2]).toMatch(/^least in service {3}▁.*min 2$/u);
    expect(lines[3]).toMatch(/^ {19}0s +8m +16m +24m +32m$/u);
    expect(new Set(lines.map((line) => line.search(/ {2}m(?:ax|in)/u))).size).toBe(2);
  });

  test('shows the highest of many, in file order, and says how many it left out', () => {
    const timeline = Array.from({ length: 9 }, (_, i) => ({
      timeSeconds: 0,
      resource: `q${i}`,
      level: 'depth',
      mean: 1,
      min: 0,
      max: i + 1,
      end: 0,
    }));
    const lines = sparklines({ ...makeReport(), timeline });
    expect(lines.map((line) => line.slice(0, 2))).toEqual(['q5', 'q6', 'q7', 'q8', '  ', '(5']);
  });

  test('a fleet with dips has a second line, to the same scale', () => {
    const steps = [16, 16, 16, 16].map((max, i) => ({
      timeSeconds: 10 * i,
      resource: 'workers',
      level: 'instances',
      mean: max,
      min: i === 2 ? 8 : max,
      max,
      end: max,
    }));
    const lines = sparklines({ ...makeReport(), timeline: steps });
    expect(lines[0]).toBe(`workers instances  ${'█'.repeat(60)}  max 16`);
    const dip = `${'█'.repeat(30)}${'▄'.repeat(15)}${'█'.repeat(15)}`;
    expect(lines[1]).toBe(`least in service   ${dip}  min 8`);
    expect(lines).toHaveLength(3);
  });

  test('draws nothing when nothing moved', () => {
    expect(sparklines({ ...makeReport(), timeline: [] })).toEqual([]);
  });
});
