import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileError } from '../../src/cli/exit.js';
import { checkFolder, writeReport } from '../../src/cli/output-folder.js';

const FILES = new Map([
  ['a.csv', 'new a\n'],
  ['report.md', 'new report\n'],
  ['summary.json', '{}\n'],
]);
const NAMES = [...FILES.keys()];
let place = '';

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'wavetank-folder-'));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

/** All names below the place, hidden ones too. */
function everything(): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
}

describe('writing a report', () => {
  test('makes the folder and its parents, and leaves nothing aside', () => {
    writeReport(join(place, 'x/y/z'), FILES);
    expect(everything()).toEqual([
      'x',
      'x/y',
      'x/y/z',
      'x/y/z/a.csv',
      'x/y/z/report.md',
      'x/y/z/summary.json',
    ]);
    expect(readFileSync(join(place, 'x/y/z/a.csv'), 'utf8')).toBe('new a\n');
  });

  test('replaces its own files in a folder that exists and leaves all others alone', () => {
    const folder = join(place, 'out');
    mkdirSync(join(folder, 'sub'), { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'sub/deep.txt'), 'mine too');
    writeFileSync(join(folder, 'a.csv'), 'old');
    writeReport(folder, FILES);
    expect(everything()).toEqual([
      'out',
      'out/a.csv',
      'out/notes.txt',
      'out/report.md',
      'out/sub',
      'out/sub/deep.txt',
      'out/summary.json',
    ]);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('new a\n');
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('works twice, and through a link', () => {
    mkdirSync(join(place, 'real'));
    symlinkSync(join(place, 'real'), join(place, 'link'));
    writeReport(join(place, 'link'), FILES);
    writeReport(join(place, 'link'), FILES);
    expect(readdirSync(join(place, 'real')).sort()).toEqual(NAMES);
  });

  test('refuses a file where the folder should be, and touches nothing', () => {
    writeFileSync(join(place, 'out'), 'precious');
    expect(() => writeReport(join(place, 'out'), FILES)).toThrow(
      new FileError(
        `the output folder ${join(place, 'out')} cannot be written: it is a file, not a folder`,
      ),
    );
    expect(everything()).toEqual(['out']);
    expect(readFileSync(join(place, 'out'), 'utf8')).toBe('precious');
  });

  test('refuses a path that goes through a file', () => {
    writeFileSync(join(place, 'file'), '');
    expect(() => writeReport(join(place, 'file/out'), FILES)).toThrow(FileError);
    expect(() => writeReport(join(place, 'file/out'), FILES)).toThrow(
      'a part of the path is a file',
    );
    expect(everything()).toEqual(['file']);
  });

  test('refuses a folder in place of one of its files before it replaces any', () => {
    const folder = join(place, 'out');
    mkdirSync(join(folder, 'report.md'), { recursive: true });
    writeFileSync(join(folder, 'a.csv'), 'old');
    writeFileSync(join(folder, 'summary.json'), 'old');
    expect(() => writeReport(folder, FILES)).toThrow('it holds a folder named report.md');
    expect(everything()).toEqual(['out', 'out/a.csv', 'out/report.md', 'out/summary.json']);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('old');
  });

  test('takes away the folders it made when it fails later', () => {
    const tooLong = 'n'.repeat(300);
    expect(() => writeReport(join(place, 'p/q', tooLong), FILES)).toThrow('the name is too long');
    expect(everything()).toEqual([]);
  });
});

describe('checking a folder', () => {
  test('leaves no trace', () => {
    checkFolder(join(place, 'x/y'), NAMES);
    expect(everything()).toEqual([]);
    mkdirSync(join(place, 'out'));
    writeFileSync(join(place, 'out/summary.json'), 'old');
    checkFolder(join(place, 'out'), NAMES);
    expect(everything()).toEqual(['out', 'out/summary.json']);
    expect(readFileSync(join(place, 'out/summary.json'), 'utf8')).toBe('old');
  });

  test('refuses what writing would refuse', () => {
    writeFileSync(join(place, 'file'), '');
    expect(() => checkFolder(join(place, 'file'), NAMES)).toThrow('it is a file, not a folder');
    expect(() => checkFolder(join(place, 'file/out'), NAMES)).toThrow(FileError);
    mkdirSync(join(place, 'out/a.csv'), { recursive: true });
    expect(() => checkFolder(join(place, 'out'), NAMES)).toThrow('it holds a folder named a.csv');
  });
});

describe('files that another report has left', () => {
  test('go, when they are ours and this report does not bring them', () => {
    const folder = join(place, 'out');
    mkdirSync(folder);
    for (const name of ['a.csv', 'control.csv', 'notes.txt'])
      writeFileSync(join(folder, name), 'old');
    writeReport(folder, FILES, [...NAMES, 'control.csv', 'scaling.csv']);
    expect(everything()).toEqual([
      'out',
      'out/a.csv',
      'out/notes.txt',
      'out/report.md',
      'out/summary.json',
    ]);
  });
});
