import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { COMMANDS } from '../../src/cli/commands.js';
import { UsageError } from '../../src/cli/exit.js';
import { parse } from '../../src/cli/parse.js';

const complaint = async (...words: string[]): Promise<string> => {
  try {
    await parse(words);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error('it was accepted');
};

describe('a command line', () => {
  test('gives files, values and switches as typed', async () => {
    const words = await parse([
      'run',
      'a.yaml',
      '--out',
      'x/y',
      '--seed',
      '007',
      '--max-events=1e6',
      '--json',
    ]);
    expect(words.command.name).toBe('run');
    expect(words.files).toEqual(['a.yaml']);
    expect(words.values).toEqual(
      new Map([
        ['out', ['x/y']],
        ['seed', ['007']],
        ['max-events', ['1e6']],
      ]),
    );
    expect([...words.switches]).toEqual(['json']);
  });

  test('takes --set again and again, and never the file behind it', async () => {
    const words = await parse(['run', '--set', 'a.b=1', '--set', 'c[0].d=2s', 'a.yaml']);
    expect(words.files).toEqual(['a.yaml']);
    expect(words.values.get('set')).toEqual(['a.b=1', 'c[0].d=2s']);
  });

  test('keeps a seed as text', async () => {
    for (const seed of ['1e5', '0x10', '-3', 'true', '씨앗', '1.0']) {
      expect((await parse(['run', `--seed=${seed}`, 'a.yaml'])).values.get('seed')).toEqual([seed]);
    }
  });

  test('keeps files that look like numbers', async () => {
    expect((await parse(['validate', '1', '2.0', '03'])).files).toEqual(['1', '2.0', '03']);
  });

  test('suggests the right flag', async () => {
    expect(await complaint('run', 'a.yaml', '--sed', '7')).toBe(
      'unknown flag --sed; did you mean --seed?',
    );
    expect(await complaint('run', 'a.yaml', '--output', 'x')).toBe(
      'unknown flag --output; did you mean --out?',
    );
    expect(await complaint('run', 'a.yaml', '--maxEvents', '7')).toBe(
      'unknown flag --maxEvents; did you mean --max-events?',
    );
    expect(await complaint('run', 'a.yaml', '--max-evnts=7')).toBe(
      'unknown flag --max-evnts; did you mean --max-events?',
    );
    expect(await complaint('validate', 'a.yaml', '--jsno')).toBe(
      'unknown flag --jsno; did you mean --json?',
    );
    expect(await complaint('run', 'a.yaml', '--quux')).toMatch(
      /^unknown flag --quux; there are --help, --out, --seed/u,
    );
    expect(await complaint('run', 'a.yaml', '-x')).toMatch(/^unknown flag -x; there are/u);
  });

  test('suggests the right command', async () => {
    expect(await complaint('rnu', 'a.yaml')).toBe('unknown command rnu; did you mean run?');
    expect(await complaint('validat')).toBe('unknown command validat; did you mean validate?');
    expect(await complaint('conquer', 'a.yaml')).toBe(
      'unknown command conquer; there are run, validate, schema, explain, init, conformance',
    );
    expect(await complaint('--json')).toContain('command');
  });

  test('wants the right number of files', async () => {
    expect(await complaint('run')).toBe('run needs a FILE');
    expect(await complaint('validate')).toBe('validate needs a FILE');
    expect(await complaint('run', 'a.yaml', 'b.yaml')).toBe(
      'run takes one FILE, found 2: a.yaml b.yaml',
    );
    expect(await complaint('schema', 'a.yaml')).toBe('schema takes no FILE, found 1: a.yaml');
    expect((await parse(['init'])).files).toEqual([]);
  });

  test('wants a value where a flag has one, and only one', async () => {
    expect(await complaint('run', 'a.yaml', '--seed')).toBe('--seed needs a value');
    expect(await complaint('run', 'a.yaml', '--out=')).toBe('--out needs a value: DIR');
    expect(await complaint('run', 'a.yaml', '--seed', '1', '--seed', '2')).toBe(
      '--seed is given twice',
    );
    expect(await complaint('run', 'a.yaml', '--max-events', '--json')).toBe(
      '--max-events needs a value',
    );
  });

  test('any words are either read or refused with a UsageError', async () => {
    const names = COMMANDS.flatMap((command) => [
      command.name,
      ...command.flags.map((flag) => `--${flag.name}`),
    ]);
    const word = fc.oneof(
      fc.constantFrom(...names, 'a.yaml', '--', '-', '--no-json', '=', '--=', '--set=a=b'),
      fc.string({ maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
        await parse(words).catch((error: unknown) => expect(error).toBeInstanceOf(UsageError));
      }),
      { numRuns: 150 },
    );
  });
});
