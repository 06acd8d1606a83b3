/**
 * The step `once: memory` (docs/scenario.md): an idempotent consumer. Each process remembers the ids of what it
 * handled well, so many of them and for so long; what it has seen is not handled again. Another process
 * remembers nothing of it, and neither does the same one after a restart.
 */

import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import type { World } from '../world.js';
import { SeenMemory } from './seen.js';
import type { LaneTable } from './tables.js';

export interface OnceOptions {
  /** `message`: the message itself; `key`: what it is about; else the name of an attribute. */
  readonly by: string;
  /** Ids older than this are forgotten, µs; Infinity: none is. */
  readonly keepFor: Micros;
  /** Ids remembered at a time; beyond, the oldest is forgotten. */
  readonly atMost: number;
}

/** `has`: nothing to tell it by: the message has no such attribute. */
export type Seen = 'new' | 'seen' | 'unknown';

const TWO_TO_32 = 0x1_0000_0000;

export class Once {
  /** By process. */
  private readonly memories: (SeenMemory | null)[] = [];
  /** The halves of the id that was read last. */
  private id0 = 0;
  private id1 = 0;
  private readonly double = new Float64Array(1);
  private readonly halves = new Int32Array(this.double.buffer);

  constructor(
    private readonly world: World,
    private readonly options: OnceOptions,
    private readonly lanes: LaneTable,
  ) {}

  /** Whether the lane's process has handled the lane's message before. If not, `remember` may follow. */
  ask(lane: number): Seen {
    const { lanes } = this;
    if (!this.readId(lane)) return 'unknown';
    const memory = this.memories[lanes.worker[lane]] ?? null;
    if (memory !== null && memory.has(this.id0, this.id1, this.world.kernel.now)) return 'seen';
    lanes.id0[lane] = this.id0;
    lanes.id1[lane] = this.id1;
    return 'new';
  }

  /** The run of the lane, about which `ask` has said new, ended well. */
  remember(lane: number): void {
    const { lanes, options } = this;
    const worker = lanes.worker[lane];
    const memory = (this.memories[worker] ??= new SeenMemory(options.atMost, options.keepFor));
    memory.add(lanes.id0[lane], lanes.id1[lane], this.world.kernel.now);
  }

  /** The process is gone, with what it remembered. */
  forget(worker: number): void {
    if (worker < this.memories.length) this.memories[worker] = null;
  }

  // --- ids -----------------------------------------------------------------------------------------

  private readId(lane: number): boolean {
    const { lanes, options, world } = this;
    if (options.by === 'message') {
      this.id0 = lanes.mark0[lane];
      this.id1 = lanes.mark1[lane];
      return true;
    }
    const mark0 = lanes.about0[lane];
    const mark1 = lanes.about1[lane];
    const make = world.makes.of(lanes.source[lane]);
    if (make === undefined) return false;
    if (options.by === 'key') {
      const key = make.key(mark0, mark1);
      this.id0 = (key % TWO_TO_32) | 0;
      this.id1 = Math.floor(key / TWO_TO_32) | 0;
      return true;
    }
    const value = make.attribute(options.by, mark0, mark1);
    if (value === undefined) return false;
    if (typeof value === 'number') this.readNumber(value);
    else
      this.readText(typeof value === 'object' && value !== null ? value.join('\n') : String(value));
    return true;
  }

  private readNumber(value: number): void {
    check(!Number.isNaN(value), 'an attribute is a number');
    this.double[0] = value;
    this.id0 = this.halves[0];
    this.id1 = this.halves[1];
  }

  /** Two hashes of 32 bits: nothing of a text is kept. */
  private readText(text: string): void {
    let a = 0x811c9dc5;
    let b = 0x9e3779b1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul((b << 13) | (b >>> 19), 0x85ebca6b) ^ code;
    }
    this.id0 = a | 0;
    this.id1 = Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
  }
}
