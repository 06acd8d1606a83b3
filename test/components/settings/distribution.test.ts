import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { AttachedFile } from '../../../src/components/settings/problem.js';
import { problemsOf } from '../../../src/components/settings/setting.js';
import { distribution, value } from '../../../src/components/settings.js';

function read(schema: z.ZodType, written: unknown): unknown {
  const result = schema.safeParse(written);
  return result.success ? result.data : problemsOf(result.error);
}
const time = distribution('duration');

describe('a distribution', () => {
  test('every form of the language', () => {
    expect(read(time, '80ms')).toEqual({ kind: 'constant', value: 80_000 });
    expect(read(time, { p50: '80ms', p99: '900ms' })).toEqual({
      kind: 'lognormal',
      p50: 80_000,
      p99: 900_000,
    });
    expect(read(time, { quantiles: { p10: '1ms', p50: '2ms', p99: '9ms' } })).toEqual({
      kind: 'quantiles',
      probabilities: [0.1, 0.5, 0.99],
      values: [1000, 2000, 9000],
    });
    expect(
      read(time, {
        mix: [
          { weight: '98%', value: '1s' },
          { weight: '2%', value: { dist: 'exponential', mean: '3s' } },
        ],
      }),
    ).toEqual({
      kind: 'mixture',
      weights: [0.98, 0.02],
      components: [
        { kind: 'constant', value: 1e6 },
        { kind: 'exponential', mean: 3e6 },
      ],
    });
    expect(read(time, { dist: 'uniform', min: '1s', max: '10s' })).toEqual({
      kind: 'uniform',
      min: 1e6,
      max: 1e7,
    });
    expect(read(time, { dist: 'gamma', mean: '1s', cv: 0.5, max: '5s' })).toEqual({
      kind: 'gamma',
      mean: 1e6,
      cv: 0.5,
      atMost: 5e6,
    });
    expect(read(distribution('number'), { dist: 'pareto', min: 2, shape: 1.5 })).toEqual({
      kind: 'pareto',
      min: 2,
      shape: 1.5,
    });
    expect(read(distribution('factor'), { dist: 'uniform', min: '0.5x', max: '1.5x' })).toEqual({
      kind: 'uniform',
      min: 0.5,
      max: 1.5,
    });
    expect(read(distribution('size'), { p50: '2KiB', p99: '40KiB', max: '1MiB' })).toEqual({
      kind: 'lognormal',
      p50: 2048,
      p99: 40960,
      atMost: 1048576,
    });
  });

  test('samples come from a file that the loader attached', () => {
    const samples = new AttachedFile('t.csv', 'dir/t.csv', '# measured\nid,took\n1,5\n2,7.5\n');
    expect(read(time, { samples, column: 'took', unit: 'ms' })).toEqual({
      kind: 'samples',
      values: [5000, 7500],
    });
    expect(read(time, { samples, column: 'tok', unit: 'ms' })).toMatchObject([
      { code: 'unknown-name', nearest: 'took', path: ['column'] },
    ]);
    const bad = new AttachedFile('t.csv', 'dir/t.csv', 'id,took\n1,5\n2,x\n');
    expect(read(time, { samples: bad, column: 'took', unit: 'ms' })).toMatchObject([
      { code: 'file', at: { file: 'dir/t.csv', line: 3, column: 3 } },
    ]);
  });

  test.each([
    [{ p50: '80ms' }, [{ code: 'missing' }]],
    [
      { p50: '80ms', p9: '1s' },
      [{ code: 'unknown-key', nearest: 'p99', path: ['p9'], onKey: true }],
    ],
    [
      { p50: '80', p99: '1x' },
      [
        { code: 'wrong-unit', path: ['p50'] },
        { code: 'wrong-unit', path: ['p99'] },
      ],
    ],
    [{ p50: '1s', p99: '1ms' }, [{ code: 'out-of-range', path: ['p99'] }]],
    [
      { dist: 'exponental', mean: '1s' },
      [{ code: 'choice', nearest: 'exponential', path: ['dist'] }],
    ],
    [{ dist: 'exponential' }, [{ code: 'missing' }]],
    [{ dist: 'gamma', mean: '1s', cv: 0 }, [{ code: 'out-of-range', path: ['cv'] }]],
    [{ mix: [{ weight: '50%', value: '1s' }] }, [{ code: 'out-of-range', allowed: '100%' }]],
    [{ p50: '1s', p99: '2s', dist: 'normal' }, [{ code: 'choice' }]],
    [{}, [{ code: 'missing' }]],
    [[], [{ code: 'wrong-kind' }]],
    [{ foo: 1 }, [{ code: 'choice' }]],
  ])('%j is refused', (written, problems) => {
    expect(read(time, written)).toMatchObject(problems);
  });
});

describe('a value', () => {
  test('every form', () => {
    expect(read(value(), 'placed')).toEqual({ kind: 'constant', value: 'placed' });
    expect(read(value(), 'unique')).toEqual({ kind: 'unique' });
    expect(read(value(), { oneOf: ['a', 'b'] })).toEqual({
      kind: 'oneOf',
      options: [
        { value: 'a', share: 0.5 },
        { value: 'b', share: 0.5 },
      ],
    });
    expect(read(value(), { oneOf: { a: '80%', b: '20%' } })).toMatchObject({ kind: 'oneOf' });
    expect(read(value(), { of: 1000, zipf: 1.1, hot: { big: '12%' }, prefix: 'user-' })).toEqual({
      kind: 'names',
      of: 1000,
      zipf: 1.1,
      prefix: 'user-',
      hot: [{ name: 'big', share: 0.12 }],
    });
    expect(read(value(), { p50: 40, p99: 900 })).toEqual({
      kind: 'number',
      of: { kind: 'lognormal', p50: 40, p99: 900 },
    });
  });
  test.each([
    [{ oneOf: { a: '80%', b: '10%' } }, [{ code: 'out-of-range', path: ['oneOf'] }]],
    [{ of: 10, ziph: 1 }, [{ code: 'unknown-key', nearest: 'zipf' }]],
    [{ of: 0 }, [{ code: 'out-of-range', path: ['of'] }]],
    [{ hot: { a: '1%' } }, [{ code: 'choice' }]],
    [true, [{ code: 'wrong-kind' }]],
  ])('%j is refused', (written, problems) => {
    expect(read(value(), written)).toMatchObject(problems);
  });
});
