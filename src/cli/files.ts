/** Reading files with messages in our own words: Node's own differ between versions and systems. */
import { readFileSync } from 'node:fs';
import { FileError } from './exit.js';

/** Files beyond this are not scenarios or traces that anybody wrote; 256 MiB. */
const MOST_BYTES = 268_435_456;

/** The text of a file; throws a FileError that says what is wrong with it, without its path. */
export function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new FileError(whatIsWrong(error));
  }
  if (bytes.length > MOST_BYTES) throw new FileError('the file is larger than 256 MiB');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileError('the file is not UTF-8 text');
  }
}

/** An error of the file system in a few words of ours. */
export function whatIsWrong(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return WORDS[code] ?? `the system says ${code}`;
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'no space left in the quota',
  EEXIST: 'it exists already',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  EBUSY: 'it is in use',
};
