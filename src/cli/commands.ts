/**
 * The commands and their flags as data: yargs parses by this table, and the help prints it. Flags
 * that take a value are texts here; whoever uses one checks it, so that a message can quote it.
 */

import { PHRASES } from '../experiment/conformance/sqs/phrases.js';

export interface Flag {
  readonly name: string;
  /** What stands for the value in the help; null for a switch. */
  readonly value: string | null;
  readonly many?: boolean;
  readonly about: string;
}

export interface Command {
  readonly name: CommandName;
  /** How it is called, without flags: `run FILE`. */
  readonly call: string;
  readonly summary: string;
  readonly description: readonly string[];
  /** How many FILEs it takes. */
  readonly files: readonly [least: number, most: number];
  readonly flags: readonly Flag[];
  readonly examples: readonly (readonly [command: string, about: string])[];
  readonly exitCodes: readonly (readonly [code: number, meaning: string])[];
  readonly notes: readonly string[];
}

export type CommandName = 'run' | 'validate' | 'schema' | 'explain' | 'init' | 'conformance';

const BAD_INPUT = [2, 'bad input: a scenario, a flag, a file or the output folder'] as const;
const BUG = [70, 'a bug of Wavetank'] as const;
const JSON_FINDINGS: Flag = {
  name: 'json',
  value: null,
  about: 'print findings as JSON (schema wavetank.findings/1) on stdout',
};

export const COMMANDS: readonly Command[] = [
  {
    name: 'run',
    call: 'run FILE',
    summary: 'simulate a scenario, print what happened, write its reports',
    description: [
      'Replays the scenario in virtual time and prints the verdict on each of its ' +
        'expectations, latency, backlog and fleet over time, ' +
        'duplicates by cause, losses and cost. The same scenario, seed and version give ' +
        'the same bytes on any machine.',
      'Ctrl-C stops a run: what was simulated so far is reported and marked INCOMPLETE, ' +
        'as it is when a limit stops the run.',
    ],
    files: [1, 1],
    flags: [
      {
        name: 'out',
        value: 'DIR',
        about: 'folder for the reports (default: reports/ and the base name of FILE)',
      },
      {
        name: 'seed',
        value: 'S',
        about: "seed of all randomness, any text (default: the scenario's)",
      },
      {
        name: 'profile',
        value: 'P',
        about: "ideal, typical or adversarial (default: the scenario's)",
      },
      {
        name: 'set',
        value: 'path=value',
        many: true,
        about: 'change one setting, as --set resources.workers.maxSize=80; may be repeated',
      },
      { name: 'max-events', value: 'N', about: 'stop after N events' },
      {
        name: 'max-memory',
        value: 'MiB',
        about: 'stop when the model needs more memory than this',
      },
      {
        name: 'json',
        value: null,
        about: 'print the RunResult (schema wavetank.run/1) and nothing else on stdout',
      },
    ],
    examples: [
      ['wavetank run scenarios/flash-sale.yaml', 'reports to reports/flash-sale/'],
      [
        'wavetank run shop.yaml --set resources.workers.maxSize=80 --out try-80',
        'the same shoppers, a larger fleet',
      ],
      ['wavetank run shop.yaml --json | jq .cost.perMonthUsd', 'one figure for a script'],
    ],
    exitCodes: [
      [0, 'every expectation holds, no invariant is broken'],
      [1, 'an expectation failed, or an invariant is broken that the scenario does not allow'],
      BAD_INPUT,
      [3, '--max-events or --max-memory stopped the run; partial reports are marked INCOMPLETE'],
      BUG,
      [130, 'Ctrl-C'],
    ],
    notes: [
      'DIR holds report.md, summary.json, latency.csv, latency-parts.csv, duplicates.csv, ' +
        'ledger.csv, workers.csv, cost.csv and timeline.csv, and for fleets that can scale control.csv ' +
        'and scaling.csv. They are written aside and then renamed; other files in DIR are left alone.',
    ],
  },
  {
    name: 'validate',
    call: 'validate FILE...',
    summary: 'check scenarios without running them, all mistakes at once',
    description: [
      'Reports every error and warning of each FILE with its line and column, what was ' +
        'found, what is allowed and the nearest valid ' +
        'spelling. Findings go to stderr, one verdict per file to stdout.',
    ],
    files: [1, Number.MAX_SAFE_INTEGER],
    flags: [JSON_FINDINGS],
    examples: [['wavetank validate scenarios/*.yaml', 'check a whole folder']],
    exitCodes: [
      [0, 'every file is valid, warnings or not'],
      [2, 'a file has errors, or cannot be read'],
      BUG,
    ],
    notes: [],
  },
  {
    name: 'schema',
    call: 'schema',
    summary: 'print the JSON Schema of scenario files',
    description: [
      'Prints the JSON Schema that describes scenario files, for completion and hints in ' +
        'an editor. The YAML language server reads it ' +
        'where a scenario names it in a comment, as the one that init writes does.',
    ],
    files: [0, 0],
    flags: [],
    examples: [['wavetank schema > wavetank.schema.json', 'the file an editor needs']],
    exitCodes: [[0, 'printed'], BAD_INPUT, BUG],
    notes: [],
  },
  {
    name: 'explain',
    call: 'explain FILE',
    summary: 'tell what a scenario will do, and every assumption in force',
    description: [
      'Tells in words what the scenario will do, lists each setting in force and each ' +
        'assumption: what it is, its value, whether it ' +
        'comes from a default, the profile or the scenario, and the source of the default.',
    ],
    files: [1, 1],
    flags: [
      {
        name: 'json',
        value: null,
        about: 'print the explanation as JSON (schema wavetank.explanation/1) on stdout',
      },
    ],
    examples: [['wavetank explain scenarios/flash-sale.yaml', 'read before you run']],
    exitCodes: [[0, 'printed'], BAD_INPUT, BUG],
    notes: [],
  },
  {
    name: 'init',
    call: 'init [FILE]',
    summary: 'write a commented starter scenario',
    description: [
      'Writes a small scenario to begin with, ready to run, each block with its comment. ' +
        'FILE is scenario.yaml unless said.',
    ],
    files: [0, 1],
    flags: [],
    examples: [
      ['wavetank init shop.yaml && wavetank run shop.yaml', 'from nothing to a first report'],
    ],
    exitCodes: [
      [0, 'written'],
      [2, 'FILE exists already, or cannot be written; nothing is ever overwritten'],
      BUG,
    ],
    notes: [],
  },
  {
    name: 'conformance',
    call: 'conformance FILE...',
    summary: 'run cases about how AWS behaves against the models',
    description: [
      'Runs each case of each FILE in a world of its own, in virtual time under the profile ' +
        'ideal, and prints every case that failed with what was expected and what came, every ' +
        'case that says something the runner has no phrase for, and how many passed.',
      'The format of the files, the words they may use and the operations behind them are ' +
        'told in docs/operations.md.',
    ],
    files: [1, Number.MAX_SAFE_INTEGER],
    flags: [
      {
        name: 'json',
        value: null,
        about:
          'print the results as JSON (schema wavetank.conformance/1) and nothing else on stdout',
      },
    ],
    examples: [
      ['wavetank conformance test/conformance/*.json', "the project's own corpus"],
      ['wavetank conformance sqs-cases.json --json', 'results for a script'],
    ],
    exitCodes: [
      [0, 'no case failed; cases that are not expressible do not count'],
      [1, 'a case failed'],
      [2, 'a FILE cannot be read, is no JSON, or holds no cases of a known kind'],
      BUG,
    ],
    notes: [
      `Phrases understood where a case says something in words: ${PHRASES.join(', ')}. Words ` +
        'in place of a value that are not listed make a case not expressible, never failed.',
    ],
  },
];
