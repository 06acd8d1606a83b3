/**
 * Where the fields that a pattern names come from: attributes, the body, what is around the detail of an event,
 * and what our own `when` knows besides.
 */

import type { Make } from '../makes.js';
import { isMap } from '../settings/problem.js';
import type { World } from '../world.js';
import type { FlavourName } from './flavour.js';
import type { FieldValue, Test } from './pattern.js';

/**
 * `known`: an attribute, or else a field of the body. `keyLabel`: the key as the number of its label, for those
 * who compare whole keys.
 */
export type SourceKind =
  | 'attribute'
  | 'body'
  | 'event'
  | 'constant'
  | 'known'
  | 'source'
  | 'key'
  | 'keyLabel';

export interface FieldSource {
  readonly kind: SourceKind;
  readonly name: string;
}

const DETAIL = 'detail.';

/** What is the same for all messages: by the field's path. */
export type Constants = ReadonlyMap<string, string>;

export function sourceOf(
  flavour: FlavourName,
  path: string,
  tests: readonly Test[],
  constants: Constants,
): FieldSource {
  switch (flavour) {
    case 'messageAttributes':
      return { kind: 'attribute', name: path };
    case 'messageBody':
    case 'pipe':
      return { kind: 'body', name: path };
    case 'event':
      if (constants.has(path)) return { kind: 'constant', name: path };
      if (!path.startsWith(DETAIL)) return { kind: 'event', name: path };
      return { kind: 'body', name: path.slice(DETAIL.length) };
    case 'when':
      if (path === 'source') return { kind: 'source', name: '' };
      if (path !== 'key') return { kind: 'known', name: path };
      return { kind: tests.every(({ kind }) => kind === 'is') ? 'keyLabel' : 'key', name: '' };
  }
}

/** One message at a time, and its fields. */
export class MessageAtHand {
  make: Make | undefined = undefined;
  mark0 = 0;
  mark1 = 0;
  private source = 0;
  private sender = 0;

  constructor(
    private readonly world: World,
    private readonly constants: Constants,
  ) {}

  /** What it is about, by a source and a mark of it; and who sent it. */
  take(source: number, mark0: number, mark1: number, sender: number): void {
    this.make = this.world.makes.of(source);
    this.source = source;
    this.sender = sender;
    this.mark0 = mark0;
    this.mark1 = mark1;
  }

  /** Drawn anew each time. Of a message without a make nothing is known but who sent it. */
  field({ kind, name }: FieldSource): FieldValue {
    const { world, make, mark0, mark1 } = this;
    if (kind === 'source') return world.names[this.sender];
    if (kind === 'constant') return this.constants.get(name);
    if (make === undefined) return undefined;
    switch (kind) {
      case 'attribute':
        return make.attribute(name, mark0, mark1);
      case 'body':
        return make.bodyField?.(name, mark0, mark1);
      case 'known':
        return make.attribute(name, mark0, mark1) ?? make.bodyField?.(name, mark0, mark1);
      case 'event':
        return this.aroundEvent(name);
      case 'key':
        return world.labels.textOf(make.key(mark0, mark1));
      case 'keyLabel':
        return make.key(mark0, mark1);
    }
  }

  /** A message that comes of another one is an event of whoever sends it on, not of its parent's sender. */
  private aroundEvent(name: string): FieldValue {
    const { world, make, mark0, mark1, sender } = this;
    const isOwn = (make?.sender ?? this.source) === sender;
    const said = isOwn ? make?.eventField?.(name, mark0, mark1) : undefined;
    if (said !== undefined) return said;
    return name === 'source' || name === 'detail-type' ? world.names[sender] : undefined;
  }

  /** Whether its body is a JSON object. */
  get hasObjectBody(): boolean {
    const { make } = this;
    if (make?.document === undefined) return make?.hasBody === true;
    return isMap(make.document(this.mark0, this.mark1));
  }
}
