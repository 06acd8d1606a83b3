/**
 * The output folder: all files of a report appear at once, or none.
 *
 * Files are written aside and then renamed. A folder that does not exist yet is written as a hidden
 * sibling and renamed whole. In a folder that exists, only files that reports bring are replaced,
 * each by a rename; whatever else lies there is left alone. There summary.json goes first and comes
 * back last, so that a folder that holds one is always whole.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FileError } from './exit.js';
import { whatIsWrong } from './files.js';

/** The file whose presence says that a report is whole. */
const SEAL = 'summary.json';

/**
 * Writes the files; throws a FileError and leaves nothing half-written if that cannot be done. `ours`: names that
 * another report may have left there; what this one does not bring of them goes.
 */
export function writeReport(
  folder: string,
  files: ReadonlyMap<string, string>,
  ours: readonly string[] = [],
): void {
  withAside(folder, (aside, exists) => {
    for (const [name, text] of files) writeFileSync(join(aside, name), text);
    if (!exists) renameSync(aside, resolve(folder));
    else {
      const stale = ours.filter((name) => !files.has(name));
      replace(aside, resolve(folder), [...files.keys()], stale);
    }
  });
}

/** Tries to write there, and leaves no trace: before a long run rather than after it. */
export function checkFolder(folder: string, names: readonly string[]): void {
  withAside(folder, (aside, exists) => {
    writeFileSync(join(aside, SEAL), '');
    if (exists) refuseFolders(resolve(folder), names);
  });
}

/** Makes a place aside on the same file system, and takes away what is left of it. */
function withAside(folder: string, use: (aside: string, exists: boolean) => void): void {
  const target = resolve(folder);
  let aside: string | null = null;
  let made: string | undefined;
  let done = false;
  try {
    const exists = existsSync(target);
    if (exists && !statSync(target).isDirectory())
      throw new FileError('it is a file, not a folder');
    const parent = exists ? target : dirname(target);
    made = exists ? undefined : mkdirSync(parent, { recursive: true });
    const name = freeName(join(parent, `.${basename(target)}.${process.pid}`));
    mkdirSync(name);
    aside = name;
    use(aside, exists);
    done = existsSync(target);
  } catch (error) {
    const why = error instanceof FileError ? error.message : whyNot(error);
    throw new FileError(`the output folder ${folder} cannot be written: ${why}`);
  } finally {
    if (aside !== null) rmSync(aside, { recursive: true, force: true });
    if (made !== undefined && !done) removeEmpty(dirname(target), made);
  }
}

/** A folder that cannot be made because it "exists" has a file on its way. */
function whyNot(error: unknown): string {
  const isFileOnTheWay = error instanceof Error && 'code' in error && error.code === 'EEXIST';
  return isFileOnTheWay ? 'a part of the path is a file, not a folder' : whatIsWrong(error);
}

function replace(
  aside: string,
  target: string,
  names: readonly string[],
  stale: readonly string[],
): void {
  refuseFolders(target, [...names, ...stale]);
  rmSync(join(target, SEAL), { force: true });
  for (const name of stale) rmSync(join(target, name), { force: true });
  for (const name of names) if (name !== SEAL) renameSync(join(aside, name), join(target, name));
  if (names.includes(SEAL)) renameSync(join(aside, SEAL), join(target, SEAL));
}

/** A folder with a report file's name cannot be replaced by a rename: say so before touching anything. */
function refuseFolders(target: string, names: readonly string[]): void {
  for (const name of names) {
    const path = join(target, name);
    if (existsSync(path) && lstatSync(path).isDirectory())
      throw new FileError(`it holds a folder named ${name}`);
  }
}

/** Removes the folders from `deepest` up to `highest` that were made here and are empty. */
function removeEmpty(deepest: string, highest: string): void {
  for (let path = deepest; path.length >= highest.length; path = dirname(path)) {
    try {
      rmdirSync(path);
    } catch {
      return; // somebody put something there meanwhile: not ours to remove
    }
  }
}

function freeName(base: string): string {
  let name = base;
  for (let i = 1; existsSync(name); i++) name = `${base}.${i}`;
  return name;
}
