/** `{ samples: file.csv, column, unit }`: measured values, drawn from as they are. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { columnOf } from './csv.js';
import type { Read, Refuse } from './problem.js';
import { AttachedFile, below, show } from './problem.js';

/** `read` reads one sample with its unit appended, in base units. */
export function readSamples(
  read: Read<number>,
  written: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): DistributionSpec | undefined {
  const file = written['samples'];
  if (!(file instanceof AttachedFile)) {
    return refuse({
      code: 'file',
      found: show(file),
      allowed: 'the name of a CSV file',
      path: ['samples'],
    });
  }
  if (file.problem !== undefined) {
    return refuse({
      code: 'file',
      found: file.name,
      message: `${file.name}: ${file.problem}`,
      allowed: 'a readable file, relative to this one',
      path: ['samples'],
    });
  }
  const column = written['column'];
  const unit = written['unit'] ?? '';
  if (column !== undefined && typeof column !== 'string') {
    return refuse({
      code: 'wrong-kind',
      found: show(column),
      allowed: 'the name of a column',
      path: ['column'],
    });
  }
  if (typeof unit !== 'string') {
    return refuse({
      code: 'wrong-kind',
      found: show(unit),
      allowed: 'a unit such as ms',
      path: ['unit'],
    });
  }
  if (!isUnit(read, unit)) {
    const message = unit === '' ? 'samples without their unit' : undefined;
    const found = message === undefined ? { found: unit } : { message };
    return refuse({
      code: unit === '' ? 'missing' : 'wrong-unit',
      ...found,
      allowed: 'a unit such as ms or KiB',
      path: unit === '' ? [] : ['unit'],
    });
  }
  const cells = columnOf(file, column, below(refuse));
  if (cells === undefined) return undefined;
  const values: number[] = [];
  for (const cell of cells) {
    const value = sampleOf(read, cell.text, unit);
    if (value === undefined) {
      return refuse({
        code: 'file',
        found: cell.text,
        message: `a sample is ${show(cell.text)}`,
        allowed: 'a number',
        at: cell.place,
      });
    }
    values.push(value);
  }
  return { kind: 'samples', values };
}

function isUnit(read: Read<number>, unit: string): boolean {
  return sampleOf(read, '1', unit) !== undefined;
}

function sampleOf(read: Read<number>, digits: string, unit: string): number | undefined {
  if (!/^\d+(\.\d+)?$/.test(digits)) return undefined;
  return read(unit === '' ? Number(digits) : `${digits}${unit}`, () => undefined);
}
