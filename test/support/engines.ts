// The JavaScript engines that this machine can run the command line with: the current one, and those of tools/engines.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Engine {
  /** 'current', or the alias in tools/engines/package.json, such as 'node24'. */
  readonly name: string;
  /** The binary to start, or null where there is none. */
  readonly binary: string | null;
  /** Node's version, such as 'v24.9.0'; empty where there is no binary. */
  readonly version: string;
  /** Why there is no binary; empty where there is one. */
  readonly reason: string;
}

const FOLDER = fileURLToPath(new URL('../../tools/engines/', import.meta.url));

/** Every engine the tests ask for, the current one first; those that are not here say why. */
export function engines(): Engine[] {
  const manifest = JSON.parse(readFileSync(`${FOLDER}package.json`, 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const others = Object.keys(manifest.optionalDependencies).map(find);
  return [
    { name: 'current', binary: process.execPath, version: process.version, reason: '' },
    ...others,
  ];
}

function find(name: string): Engine {
  const binary = `${FOLDER}node_modules/${name}/bin/node`;
  const absent = (reason: string): Engine => ({ name, binary: null, version: '', reason });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return absent(`no binary for ${process.platform} on ${process.arch}`);
  }
  if (!existsSync(binary)) return absent('not installed: run `npm run engines`');
  try {
    const version = execFileSync(binary, ['-p', 'process.version'], { encoding: 'utf8' }).trim();
    return { name, binary, version, reason: '' };
  } catch {
    return absent('its binary does not run on this machine');
  }
}
