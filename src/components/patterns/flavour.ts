/**
 * Flavours of the pattern language: the same language everywhere, with other operators and limits.
 * Sources: SNS Developer Guide "Filter policy constraints", EventBridge User Guide "Comparison operators for use
 * in event patterns", 2026.
 */

import {
  EVENT_PATTERN_CHARACTERS_MAX,
  OR_COMBINATIONS_MAX,
  PIPE_PATTERN_CHARACTERS_MAX,
  POLICY_BYTES_MAX,
  POLICY_COMBINATIONS_MAX,
  POLICY_KEYS_MAX,
} from './limits.js';

/**
 * `messageAttributes`, `messageBody`: SNS filter policies by their scope. `event`: EventBridge event patterns.
 * `pipe`: what a pipe's filters say of the body of a queue's messages.
 * `when`: our own, of steps; attributes, body fields, `key` and `source`.
 */
export type FlavourName = 'messageAttributes' | 'messageBody' | 'event' | 'pipe' | 'when';

/** Whether patterns are about the body alone: one that is no JSON object matches none. */
export function isOfBody(flavour: FlavourName): boolean {
  return flavour === 'messageBody' || flavour === 'pipe';
}

export const OPERATORS = [
  'prefix',
  'suffix',
  'equals-ignore-case',
  'anything-but',
  'numeric',
  'exists',
  'cidr',
  'wildcard',
] as const;
export type Operator = (typeof OPERATORS)[number] | 'exactly';

/** What may stand inside anything-but, besides values. */
export type ButOperator = 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard';

export interface Flavour {
  readonly name: FlavourName;
  /** The name of AWS's error; absent: the pattern is ours. */
  readonly awsError?: string;
  readonly operators: readonly Operator[];
  readonly butOperators: readonly ButOperator[];
  /** Whether prefix and suffix take equals-ignore-case, and anything-but lists of prefixes and the like. */
  readonly isWide: boolean;
  readonly nests: boolean;
  readonly keysMax: number;
  /** Of values, counted as SNS does; Infinity: not counted. */
  readonly combinationsMax: number;
  /** Of alternatives. */
  readonly alternativesMax: number;
  /** Of the pattern as JSON. */
  readonly bytesMax: number;
  readonly charactersMax: number;
}

const WITHOUT_WILDCARD = OPERATORS.filter((operator) => operator !== 'wildcard');

const POLICY = {
  awsError: 'InvalidParameter',
  operators: WITHOUT_WILDCARD,
  butOperators: ['prefix'],
  isWide: false,
  keysMax: POLICY_KEYS_MAX,
  combinationsMax: POLICY_COMBINATIONS_MAX,
  alternativesMax: POLICY_COMBINATIONS_MAX,
  bytesMax: POLICY_BYTES_MAX,
  charactersMax: Infinity,
} as const;

const OPEN = {
  // AWS's matcher also knows `exactly`, which its documentation leaves out.
  operators: [...OPERATORS, 'exactly'],
  butOperators: ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'],
  isWide: true,
  nests: true,
  keysMax: Infinity,
  combinationsMax: Infinity,
  alternativesMax: OR_COMBINATIONS_MAX,
  bytesMax: Infinity,
} as const;

export const FLAVOURS: Readonly<Record<FlavourName, Flavour>> = {
  messageAttributes: { ...POLICY, name: 'messageAttributes', nests: false },
  messageBody: { ...POLICY, name: 'messageBody', nests: true },
  event: {
    ...OPEN,
    name: 'event',
    awsError: 'InvalidEventPatternException',
    charactersMax: EVENT_PATTERN_CHARACTERS_MAX,
  },
  // "Comparison operators", column "Pipe support".
  pipe: {
    ...OPEN,
    name: 'pipe',
    awsError: 'ValidationException',
    operators: [...WITHOUT_WILDCARD, 'exactly'],
    butOperators: [],
    isWide: true,
    charactersMax: PIPE_PATTERN_CHARACTERS_MAX,
  },
  when: { ...OPEN, name: 'when', charactersMax: Infinity },
};
