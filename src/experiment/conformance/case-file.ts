/** A file of cases: JSON with a list of them under `cases`, or lists under other names, or a list alone. */

import { isMap } from '../../components/settings/problem.js';
import { NoCasesError } from './result.js';

export type Plain = Readonly<Record<string, unknown>>;

/** One case as it is written. */
export interface WrittenCase {
  readonly id: string;
  /** The list it stands in: `cases`, `vectors`, … */
  readonly list: string;
  readonly body: Plain;
}

export interface CaseFile {
  /** Base name. */
  readonly name: string;
  /** What the file says it is about; empty when it does not. */
  readonly what: string;
  readonly cases: readonly WrittenCase[];
}

/** Throws a NoCasesError for what is no such file. */
export function readCaseFile(name: string, text: string): CaseFile {
  const root = parsed(text);
  const lists: (readonly [string, unknown])[] = Array.isArray(root)
    ? [['cases', root]]
    : isMap(root)
      ? Object.entries(root).filter(([, value]) => Array.isArray(value))
      : [];
  const cases = lists.flatMap(([list, items]) => casesOf(list, items as readonly unknown[]));
  if (cases.length === 0) throw new NoCasesError('it holds no cases');
  const meta = isMap(root) ? root['meta'] : undefined;
  const what = isMap(meta) && typeof meta['what'] === 'string' ? meta['what'] : '';
  return { name, what, cases };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new NoCasesError('it is not JSON');
  }
}

function casesOf(list: string, items: readonly unknown[]): WrittenCase[] {
  return items.flatMap((item, i) => {
    if (!isMap(item)) return [];
    const id = typeof item['id'] === 'string' ? item['id'] : `${list}[${i}]`;
    return [{ id, list, body: item }];
  });
}
