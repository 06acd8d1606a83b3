import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { program } from '../../src/cli/program.js';
import { styleFor } from '../../src/cli/style.js';
import { FakeIo } from './fake-io.js';

let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'wavetank-program-'));
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

async function call(...words: string[]): Promise<{ exit: number; io: FakeIo }> {
  const io = new FakeIo();
  return { exit: await program(words, io), io };
}

describe('help', () => {
  test('is a page of its own for each command, frozen', async () => {
    for (const words of [['--help'], ...COMMANDS.map((command) => [command.name, '--help'])]) {
      const { exit, io } = await call(...words);
      expect(exit).toBe(0);
      expect(io.errText).toBe('');
      expect(io.outText.replace(/^wavetank \d+\.\d+\.\d+/u, 'wavetank X.Y.Z')).toMatchSnapshot(
        words.join(' '),
      );
      for (const line of io.outText.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  test('comes whatever else is on the line, also as -h', async () => {
    expect((await call('run', 'a.yaml', '--nonsense', '-h')).io.outText).toContain(
      'wavetank run FILE',
    );
    expect((await call('nonsense', '--help')).io.outText).toContain('wavetank COMMAND');
  });

  test('goes to stderr, with exit code 2, when there are no words', async () => {
    const { exit, io } = await call();
    expect(exit).toBe(2);
    expect(io.outText).toBe('');
    expect(io.errText).toContain('Usage');
  });

  test('the version is one line', async () => {
    expect((await call('--version')).io.outText).toMatch(/^wavetank \d+\.\d+\.\d+\n$/u);
  });
});

describe('a wrong command line', () => {
  test.each([
    [['rnu', 'a.yaml'], 'wavetank: unknown command rnu; did you mean run?\nSee: wavetank --help\n'],
    [
      ['run', 'a.yaml', '--sed', '7'],
      'wavetank: unknown flag --sed; did you mean --seed?\nSee: wavetank run --help\n',
    ],
    [['run'], 'wavetank: run needs a FILE\nSee: wavetank run --help\n'],
    [
      ['run', '\u001b[31mx', 'y'],
      'wavetank: run takes one FILE, found 2: [31mx y\nSee: wavetank run --help\n',
    ],
  ])('%j says what is right, exit code 2', async (words, text) => {
    const { exit, io } = await call(...words);
    expect(exit).toBe(2);
    expect(io.outText).toBe('');
    expect(io.errText).toBe(text);
  });
});

describe('init', () => {
  test('writes a commented starter, and never overwrites', async () => {
    const file = join(place, 'shop.yaml');
    const { exit, io } = await call('init', file);
    expect(exit).toBe(0);
    expect(io.outText).toBe('wrote shop.yaml\n');
    expect(io.errText).toBe(`next: npx wavetank run ${file}\n`);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('name: My first wave');
    writeFileSync(file, 'mine');
    const again = await call('init', file);
    expect(again.exit).toBe(2);
    expect(again.io.errText).toBe(`wavetank: ${file} cannot be written: it exists already\n`);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('says so when the folder is not there', async () => {
    const { exit, io } = await call('init', join(place, 'nowhere/shop.yaml'));
    expect(exit).toBe(2);
    expect(io.errText).toContain('there is no such file or folder');
  });
});

describe('colours', () => {
  test('only on a terminal that wants them', () => {
    expect(styleFor(true, {}).good('x')).toBe('\u001b[32mx\u001b[0m');
    expect(styleFor(false, {}).good('x')).toBe('x');
    expect(styleFor(true, { NO_COLOR: '1' }).bad('x')).toBe('x');
    expect(styleFor(true, { NO_COLOR: '' }).bad('x')).toBe('\u001b[31mx\u001b[0m');
    expect(styleFor(true, { TERM: 'dumb' }).heading('x')).toBe('x');
  });
});
