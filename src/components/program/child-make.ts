/**
 * What the messages of a step `send` are about, where the step says something of its own: each thing said (key, an
 * attribute) is drawn from the child's own mark, all else is what the parent's make says of the parent. So a child
 * has a row here, for as long as messages are about it.
 */

import type { MarkKey } from '../../kernel/random/marks.js';
import { Table } from '../../kernel/table.js';
import type { Lineage } from '../lineage.js';
import type { Leases, Make, Makes, Payloads } from '../makes.js';
import type { FieldValue } from '../patterns/pattern.js';
import { NO_LABEL } from '../queue-port.js';
import type { BodySpec } from '../settings/body.js';
import type { Attributes } from '../settings/message.js';
import type { ValueSpec } from '../settings/value.js';
import type { DrawnValue } from '../traffic/values.js';
import { drawnValue } from '../traffic/values.js';
import type { World } from '../world.js';

export interface ChildMakeOptions {
  /** The name of the step, for its draws. */
  readonly name: string;
  /** null: as the parent's. */
  readonly key: ValueSpec | null;
  /** Those not said are the parent's. */
  readonly attributes: Attributes;
  /** All fields of its body; null: as the parent's. */
  readonly body: BodySpec | null;
  /** What it says of itself as an event; null: nothing. */
  readonly event: ChildEvent | null;
  /** The resource number of the program. */
  readonly sender: number;
  /** It has a size of its own, and so no payload elsewhere. */
  readonly saysSize: boolean;
}

/** Around the detail of an event; undefined: the sender's name. */
export interface ChildEvent {
  readonly source: string | undefined;
  readonly detailType: string | undefined;
}

class ChildTable extends Table {
  /** Messages and rows that are about it. */
  readonly holders = this.i32('holders');
  /** The child's own mark, and its number among all children. */
  readonly mark0 = this.i32('mark0');
  readonly mark1 = this.i32('mark1');
  readonly number = this.f64('number');
  /** What the parent is about (lineage.ts). */
  readonly source = this.i32('source');
  readonly about0 = this.i32('about0');
  readonly about1 = this.i32('about1');
}

/** The child's number, in place of an ordinal that no mark tells. */
class NumberOf {
  number = 0;

  ordinalOf(): number {
    return this.number;
  }
}

/** All makes of one step: one for each kind of parent. */
export class ChildMakes implements Leases {
  readonly rows: ChildTable;
  readonly makes: Makes;
  /** null: the parent's. */
  readonly key: DrawnValue | null;
  readonly attributes: ReadonlyMap<string, DrawnValue>;
  /** null: the parent's. */
  readonly body: ReadonlyMap<string, DrawnValue> | null;
  readonly event: ChildEvent | null;
  readonly sender: number;
  readonly saysSize: boolean;
  /** By what differs between the makes of parents. */
  private readonly kinds = new Map<string, number>();
  private readonly isKeyed: boolean | null;
  private readonly number = new NumberOf();

  constructor(
    { kernel, labels, makes, streams }: World,
    { name, key, attributes, body, event, sender, saysSize }: ChildMakeOptions,
  ) {
    this.rows = new ChildTable(kernel.tables);
    this.makes = makes;
    this.event = event;
    this.sender = sender;
    this.saysSize = saysSize;
    this.isKeyed = key === null ? null : key.kind !== 'unique';
    const drawn = (what: string, of: string): { key: MarkKey; birth: NumberOf; name: string } => ({
      key: streams.key(name, what),
      birth: this.number,
      name: of,
    });
    const valuesOf = (specs: BodySpec, what: string, of: string): Map<string, DrawnValue> =>
      new Map(
        Object.entries(specs).map(([one, spec]) => {
          return [one, drawnValue({ labels, ...drawn(`${what}/${one}`, `${of}.${one}`) }, spec)];
        }),
      );
    this.key = key && drawnValue({ labels, ...drawn('key', name) }, key);
    this.attributes = valuesOf(attributes, 'attribute', name);
    this.body = body && valuesOf(body, 'body', `${name}.body`);
    // Whoever asks before the run whether any message has a key must hear of this one.
    if (this.isKeyed === true) this.kindOf(UNKNOWN);
  }

  /** The child that was just made from another is about what the step says. */
  tell(lineage: Lineage, message: number, mark0: number, mark1: number): void {
    const { rows, makes } = this;
    let { source, mark0: about0, mark1: about1 } = aboutOf(lineage, message);
    const parent = makes.of(source);
    const again = parent instanceof ChildMake && parent.step === this ? about0 : -1;
    if (again >= 0) {
      // All that an earlier child of this step said is said anew.
      source = rows.source[again];
      about0 = rows.about0[again];
      about1 = rows.about1[again];
    }
    makes.of(source)?.leases?.hold(about0);
    const row = rows.add();
    rows.holders[row] = 1;
    rows.mark0[row] = mark0 | 0;
    rows.mark1[row] = mark1 | 0;
    rows.number[row] = lineage.number[message];
    rows.source[row] = source;
    rows.about0[row] = about0;
    rows.about1[row] = about1;
    lineage.says(message, this.kindOf(makes.of(source) ?? UNKNOWN), row, 0);
  }

  /** What is asked next is asked of this child. */
  select(row: number): void {
    this.number.number = this.rows.number[row];
  }

  private kindOf(parent: Make): number {
    const kind: Kind = {
      isKeyed: this.isKeyed ?? parent.isKeyed,
      bucket: this.saysSize ? null : (parent.payloads?.bucket ?? null),
      hasBody: this.body !== null || parent.hasBody === true,
      hasDocument: this.body === null && parent.document !== undefined,
    };
    const name = Object.values(kind).join();
    let source = this.kinds.get(name);
    if (source === undefined) {
      source = this.makes.add(new ChildMake(this, kind));
      this.kinds.set(name, source);
    }
    return source;
  }

  // --- Leases --------------------------------------------------------------------------------------

  hold(row: number): void {
    this.rows.holders[row]++;
  }

  drop(row: number): void {
    const { rows } = this;
    if (--rows.holders[row] > 0) return;
    this.makes.of(rows.source[row])?.leases?.drop(rows.about0[row]);
    rows.free(row);
  }
}

function aboutOf({ source, mark0, mark1 }: Lineage, message: number) {
  return { source: source[message], mark0: mark0[message], mark1: mark1[message] };
}

/** What all messages of a make have in common. */
interface Kind {
  readonly isKeyed: boolean;
  /** Where payloads may lie; null: in no bucket. */
  readonly bucket: number | null;
  readonly hasBody: boolean;
  readonly hasDocument: boolean;
}

/** Asked with a row of its step's table. */
class ChildMake implements Make {
  readonly isKeyed: boolean;
  readonly sender: number;
  readonly hasBody: boolean;
  readonly leases: Leases;
  readonly payloads: Payloads | null;
  readonly document?: (row: number) => unknown;

  constructor(
    readonly step: ChildMakes,
    { isKeyed, bucket, hasBody, hasDocument }: Kind,
  ) {
    this.isKeyed = isKeyed;
    this.hasBody = hasBody;
    this.sender = step.sender;
    this.leases = step;
    this.payloads =
      bucket === null ? null : { bucket, bytesInBucket: (row) => this.bytesInBucket(row) };
    if (hasDocument) this.document = (row) => this.parentOf(row).document?.(...this.marksOf(row));
  }

  key(row: number): number {
    const { step } = this;
    if (step.key === null) return this.parentOf(row).key(...this.marksOf(row));
    step.select(row);
    return step.key.label(step.rows.mark0[row], step.rows.mark1[row]);
  }

  attribute(name: string, row: number): FieldValue {
    const { step } = this;
    const own = step.attributes.get(name);
    if (own === undefined) return this.parentOf(row).attribute(name, ...this.marksOf(row));
    step.select(row);
    return own.value(step.rows.mark0[row], step.rows.mark1[row]);
  }

  hasAttributes(row: number): boolean {
    if (this.step.attributes.size > 0) return true;
    return this.parentOf(row).hasAttributes?.(...this.marksOf(row)) ?? true;
  }

  hasValidAttributes(row: number): boolean {
    return this.parentOf(row).hasValidAttributes?.(...this.marksOf(row)) ?? true;
  }

  bodyField(path: string, row: number): FieldValue {
    const { step } = this;
    if (step.body === null) return this.parentOf(row).bodyField?.(path, ...this.marksOf(row));
    step.select(row);
    return step.body.get(path)?.value(step.rows.mark0[row], step.rows.mark1[row]);
  }

  /** What the step does not say is the sender's name, not what the parent says. */
  eventField(name: string): FieldValue {
    const { event } = this.step;
    if (name === 'source') return event?.source;
    return name === 'detail-type' ? event?.detailType : undefined;
  }

  private bytesInBucket(row: number): number {
    return this.parentOf(row).payloads?.bytesInBucket(...this.marksOf(row)) ?? 0;
  }

  private parentOf(row: number): Make {
    return this.step.makes.of(this.step.rows.source[row]) ?? UNKNOWN;
  }

  private marksOf(row: number): [number, number] {
    return [this.step.rows.about0[row], this.step.rows.about1[row]];
  }
}

/** Nothing is known of the parent. */
const UNKNOWN: Make = { isKeyed: false, key: () => NO_LABEL, attribute: () => undefined };
