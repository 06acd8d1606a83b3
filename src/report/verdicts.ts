/**
 * What a run proved: a line per expectation and per broken invariant, and the line that says a run
 * was stopped. The same lines open the terminal summary and report.md.
 */
import type {
  ExpectationResult,
  InvariantResult,
  MeasureUnit,
  RunResult,
} from '../experiment/result.js';
import { bytes, count, digits, duration, share, span } from './figures.js';
import { usd } from './money.js';
import { plain } from './plain.js';

export interface Verdict {
  readonly pass: boolean;
  readonly text: string;
  readonly measured: string;
}

/** In file order, expectations first; an invariant that held says nothing. */
export function verdicts(result: RunResult): Verdict[] {
  return [
    ...result.expectations.map(ofExpectation),
    ...result.invariants.filter((found) => found.violations > 0).map(ofInvariant),
  ];
}

/** Whether anything failed that was not allowed to: exit code 1. */
export function failed(result: RunResult): boolean {
  return verdicts(result).some((verdict) => !verdict.pass);
}

/** The first line of every report of a run that was stopped. */
export function incompleteLine(result: RunResult): string {
  const why = STOPPED[result.stoppedBy ?? 'interrupt'];
  const reached = span(result.endSeconds);
  return `INCOMPLETE: ${why} after ${count(result.events)} events, at ${reached} of virtual time`;
}

const STOPPED = {
  maxEvents: 'stopped by the limit of events (--max-events)',
  maxMemory: 'stopped by the limit of memory (--max-memory)',
  interrupt: 'stopped by Ctrl-C',
} as const;

/** So many decimals the figures of expectations have; a digit more would be made up. */
const DECIMALS = 6;
const DECIMALS_OF_SHARES = 9;

/** What an expectation measured, with enough digits to see on which side of its bound it lies. */
export function measuredText(value: number | string | null, unit: MeasureUnit): string {
  if (value === null) return 'nothing to measure';
  if (typeof value === 'string')
    return unit === 'USD' && value !== 'inf' ? usd(value) : plain(value);
  switch (unit) {
    case 's':
      return value < 120 ? duration(value, 5) : `${duration(value)}, ${digits(value, 5)} s`;
    case 'share':
      return share(value, 5, DECIMALS_OF_SHARES - 2);
    case 'B':
      return bytes(value, 5);
    case '/s':
      return `${Number.isInteger(value) ? count(value) : digits(value, 5, DECIMALS)}/s`;
    case 'USD':
      return `${digits(value, 5)} USD`;
    case 'count':
      return Number.isInteger(value) ? count(value) : digits(value, 5, DECIMALS);
  }
}

function ofExpectation(found: ExpectationResult): Verdict {
  return {
    pass: found.pass,
    text: plain(found.text),
    measured: measuredText(found.measured, found.unit),
  };
}

function ofInvariant(found: InvariantResult): Verdict {
  const broken = `${count(found.violations)} ${found.violations === 1 ? 'violation' : 'violations'}`;
  return {
    pass: found.allowed,
    text: `invariant ${plain(found.name)}(${plain(found.on)})${found.allowed ? ', allowed' : ''}`,
    measured: broken,
  };
}
