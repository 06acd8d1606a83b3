/**
 * The reference pages: every key with its default, range, meaning and source, made of the same
 * definitions that read the scenario.
 */

import type { z } from 'zod';
import type { AssumeFields, ResourceSchema } from '../components/settings/resource.js';
import { traffic } from '../components/settings/traffic.js';
import { fault, operation } from './faults.js';
import type { Registry } from './frame.js';
import { head, resourceSchema } from './frame.js';
import { NO_EFFECT_ANYWHERE, NOT_MODELLED, NOT_MODELLED_TYPES } from './not-modelled.js';
import { writtenOf } from './tree.js';
import type { SchemaView } from './walk.js';
import { viewOf } from './walk.js';

export interface Page {
  /** Relative to docs/: `reference/traffic.md`. */
  readonly path: string;
  readonly text: string;
}

/** All pages, in a fixed order. */
export function referencePages(registry: Registry): Page[] {
  return [
    { path: 'reference/scenario.md', text: scenarioPage(registry) },
    ...registry.types.map((type) => ({ path: `reference/${type.type}.md`, text: resourcePage(type) })),
    { path: 'reference/not-modelled.md', text: notModelledPage(registry) },
  ];
}

const GENERATED = '<!-- Made of the schema (src/scenario/reference-docs.ts); a test compares. -->';

function scenarioPage(registry: Registry): string {
  const top = Object.entries(head).flatMap(([key, schema]) => rowsOf(key, viewOf(schema as z.ZodType)));
  const systems = registry.systems.flatMap(({ name, assume }) => ['', `## \`assume.${name}\``, '', ...assumeTable(assume)]);
  return page('Scenario files', [
    '## Top level', '', ...table(top),
    '', '`traffic` and `resources` are maps by name; `faults`, `operations`, `expect` and `allow` are lists.',
    '', '## Traffic', '', ...table(rowsOf('', viewOf(traffic))),
    '', '## Faults', '', ...table(rowsOf('', viewOf(fault))),
    '', '## Operations', '', ...table(rowsOf('', viewOf(operation))),
    ...systems,
  ]);
}

function resourcePage(type: ResourceSchema): string {
  const view = viewOf(resourceSchema(type));
  const keys = view.kind === 'block' ? view.keys().filter((key) => key !== 'assume' && key !== 'type') : [];
  const rows = keys.flatMap((key) => (view.kind === 'block' ? rowsOf(key, view.field(key)!) : []));
  return page(`\`${type.type}\``, [
    ...(type.summary === undefined ? [] : [type.summary, '']),
    '## Settings', '', ...table(rows),
    '', '## What AWS does not publish: `assume`', '', ...assumeTable(type.shape.assume),
    ...listed('Not modelled yet', Object.keys(type.shape.notModelled ?? {})),
    ...listed('Without effect', Object.entries(type.shape.noEffect ?? {}).map(([key, why]) => `${key}\`: ${why}`), ''),
  ]);
}

function notModelledPage(registry: Registry): string {
  const types = NOT_MODELLED_TYPES.filter((name) => !registry.types.some(({ type }) => type === name));
  const blocks = Object.entries(NOT_MODELLED).flatMap(([name, keys]) => ['', `## \`${name}\``, '', ...keys.map((key) => `- \`${key}\``)]);
  const own = registry.types.flatMap(({ type, shape }) => {
    const keys = Object.keys(shape.notModelled ?? {});
    return keys.length === 0 ? [] : ['', `## \`${type}\``, '', ...keys.map((key) => `- \`${key}\``)];
  });
  return page('Not modelled yet', [
    'Wavetank refuses by name what it does not model: a scenario that uses it gets the error `not-modelled`, never a result that leaves it out.',
    '', '## Resource types', '', ...types.map((type) => `- \`${type}\``), ...blocks, ...own,
    '', '## Without effect, anywhere', '', ...Object.entries(NO_EFFECT_ANYWHERE).map(([key, why]) => `- \`${key}\`: ${why}`),
  ]);
}

function page(title: string, lines: readonly string[]): string {
  return [`# ${title}`, '', GENERATED, '', ...lines, ''].join('\n');
}

interface Row {
  readonly key: string;
  readonly form: string;
  readonly fallback: string;
  readonly doc: string;
}

function table(rows: readonly Row[]): string[] {
  return ['| key | value | default | meaning |', '|---|---|---|---|', ...rows.map((row) => `| \`${row.key}\` | ${row.form} | ${row.fallback} | ${row.doc} |`)];
}

function assumeTable(assume: AssumeFields): string[] {
  const rows = Object.entries(assume).map(([key, { ideal, typical, adversarial, doc, source }]) => {
    const columns = [ideal, typical, adversarial ?? typical].map((column) => `\`${cell(writtenOf(column))}\``);
    return `| \`${key}\` | ${columns.join(' | ')} | ${cell(doc)} | ${cell(source)} |`;
  });
  return ['| key | ideal | typical | adversarial | meaning | source |', '|---|---|---|---|---|---|', ...rows];
}

function listed(title: string, items: readonly string[], end = '`'): string[] {
  return items.length === 0 ? [] : ['', `## ${title}`, '', ...items.map((item) => `- \`${item}${end}`)];
}

/** A setting and all that is inside it, dotted. */
function rowsOf(key: string, view: SchemaView): Row[] {
  const own = key === '' ? [] : [rowOf(key, view)];
  const inside = key === '' ? '' : `${key}.`;
  if (view.kind === 'block') return [...own, ...view.keys().flatMap((name) => rowsOf(`${inside}${name}`, view.field(name)!))];
  if (view.kind === 'record') return [...own, ...rowsOf(`${inside}<name>`, view.item()).slice(1)];
  if (view.kind === 'list' && view.item().kind === 'block') return [...own, ...rowsOf(`${key}[]`, view.item()).slice(1)];
  return own;
}

function rowOf(key: string, view: SchemaView): Row {
  const { meta } = view;
  const text = meta['default'] === undefined ? '' : writtenOf(meta['default']);
  const fallback = text === '' ? '' : `\`${cell(text)}\``;
  return { key, form: cell(formOf(view)), fallback, doc: cell(textOf(meta['description'])) };
}

function formOf(view: SchemaView): string {
  const { meta, kind } = view;
  if (kind !== 'leaf') return { block: 'a block', record: 'a map by name', list: 'a list' }[kind];
  if (view.reference !== undefined) return `name of: ${view.reference.join(', ')}`;
  if (meta['x-distribution'] !== undefined) return `${textOf(meta['x-distribution'])}, constant or distribution`;
  const values = meta['enum'] as readonly string[] | undefined;
  if (values !== undefined) return values.length > 8 ? `${values.slice(0, 3).join(', ')}, …` : values.join(', ');
  if (meta['x-range'] !== undefined) return textOf(meta['x-range']);
  if (typeof meta['x-form'] === 'string') return meta['x-form'];
  const { type } = meta;
  return Array.isArray(type) ? type.join(' or ') : typeof type === 'string' ? type : '';
}

/** Text inside a cell of a table. */
function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
