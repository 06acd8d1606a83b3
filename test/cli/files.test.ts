import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileError } from '../../src/cli/exit.js';
import { readText } from '../../src/cli/files.js';

let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'wavetank-files-'));
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

test('a file is read as UTF-8, its byte order mark taken off', () => {
  writeFileSync(join(place, 'a'), '\ufeffname: 파도\n');
  expect(readText(join(place, 'a'))).toBe('name: 파도\n');
});

test('what cannot be read is said in our own words, the same on every system', () => {
  writeFileSync(join(place, 'latin1'), Uint8Array.of(0x66, 0xfc, 0x72));
  expect(() => readText(join(place, 'none'))).toThrow(
    new FileError('there is no such file or folder'),
  );
  expect(() => readText(place)).toThrow(new FileError('it is a folder, not a file'));
  expect(() => readText(join(place, 'latin1', 'x'))).toThrow(
    new FileError('a part of the path is a file, not a folder'),
  );
  expect(() => readText(join(place, 'latin1'))).toThrow(
    new FileError('the file is not UTF-8 text'),
  );
  expect(() => readText('a\0b')).toThrow(FileError);
});
