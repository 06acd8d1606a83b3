/** `npm run bench`: budgets, figures, and ratios to bare loops in the same process. README.md says how to read it. */
import { isChild, measureInChild } from './child.js';
import { machineLine } from './machine.js';
import type { Options } from './options.js';
import { chosen, HELP, optionsOf } from './options.js';
import type { Peer } from './peers.js';
import { PEERS } from './peers.js';
import type { Figure, Measurement, Row } from './row.js';
import { verdictOf } from './row.js';
import { ROWS } from './rows.js';
import { heading, number, rowText } from './text.js';

function main(args: readonly string[]): void {
  const options = optionsOf(args);
  const rows = chosen(ROWS, options.words);
  const peers = chosen(PEERS, options.words);
  if (options.help) process.stdout.write(HELP);
  else if (options.list)
    process.stdout.write([...rows, ...peers].map(({ name }) => `${name}\n`).join(''));
  else if (rows.length + peers.length === 0) throw new Error('no row has such a name: see --list');
  else if (options.json)
    process.stdout.write(`${JSON.stringify(asJson(rows, peers, options), null, 2)}\n`);
  else print(rows, peers, options);
}

function print(rows: readonly Row[], peers: readonly Peer[], { effort }: Options): void {
  process.stderr.write(machineLine());
  if (effort === 'quick') process.stdout.write('A quick look: few runs, little work.\n\n');
  if (rows.length > 0) process.stdout.write(heading());
  for (const row of rows) process.stdout.write(rowText(row, measureInChild(row, effort)));
  const missing = new Map<string, string>();
  if (peers.length > 0)
    process.stdout.write('\nOther libraries, same workloads, by the wall clock:\n');
  for (const peer of peers) {
    const figure = peer.measure(effort);
    if (figure === null) missing.set(peer.library, peer.install);
    else
      process.stdout.write(
        `${peer.name.padEnd(24)}${number(figure.median, peer.unit)} ${peer.unit}\n`,
      );
  }
  for (const [library, install] of missing)
    process.stdout.write(`${library}: not installed (${install})\n`);
}

interface JsonOutput {
  readonly effort: string;
  readonly rows: readonly object[];
  readonly peers: readonly {
    readonly name: string;
    readonly unit: string;
    readonly figure: Figure | null;
  }[];
}

function asJson(rows: readonly Row[], peers: readonly Peer[], { effort }: Options): JsonOutput {
  return {
    effort,
    rows: rows.map((row) => jsonOf(row, measureInChild(row, effort))),
    peers: peers.map((peer) => ({
      name: peer.name,
      unit: peer.unit,
      figure: peer.measure(effort),
    })),
  };
}

function jsonOf(row: Row, measurement: Measurement): object {
  const { name, what, unit, budget, reference } = row;
  const { engine, bare } = measurement;
  const ratio = bare === null ? null : engine.cpu.median / bare.cpu.median;
  const verdict = verdictOf(row, engine.cpu.median);
  return { name, what, unit, budget, verdict, engine, bare, reference, ratio };
}

const args = process.argv.slice(2);
try {
  if (!isChild(args)) main(args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
