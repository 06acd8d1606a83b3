/**
 * A timing wheel: a reservoir for many future events, out of which the earliest few can be poured.
 *
 * Time is cut into digits of 6 bits: 64 slots a level, 5 levels, 2^30 µs (18 minutes) in all. An
 * event lies at the level of the highest digit in which its time differs from the wheel's position,
 * in the slot of that digit; putting it there costs the same however many there are. Pouring takes
 * the lowest occupied slot: a few events are handed out, many are first spread over the levels
 * below. What lies beyond the last level waits in a heap until the slots are empty.
 *
 * A slot is a chain of chunks, each with room for some events side by side: with a million pending,
 * spreading then reads and writes memory in long runs, where a list of single events would miss the
 * cache at each one.
 *
 * The wheel does not sort. It pours into a heap, which puts in order what was poured:
 * adaptive-queue.ts.
 */
import type { StaleEvents } from './event-queue.js';
import { HeapQueue } from './heap.js';
import type { Micros } from './time.js';

const DIGIT = 6; // bits
const SLOTS = 1 << DIGIT; // of a level
const LEVELS = 5;
const SPAN: Micros = 1 << (DIGIT * LEVELS);
const FEW = 16; // so many events of a slot are handed out without being spread first
const CHUNK = 32; // events; a power of two

// The integers of an event, side by side.
const STRIDE = 3;
const KEY = 0; // its time, counted from `base`
const HANDLER = 1;
const ARG = 2;

export class Wheel {
  private items = new Int32Array(STRIDE * CHUNK * 8); // by place: CHUNK × chunk + its own place
  private seqs = new Float64Array(CHUNK * 8); // by place
  private chain = new Int32Array(8); // the next chunk of the slot, or of the free; 0: none
  private readonly heads = new Int32Array(LEVELS * SLOTS); // of each slot: the chunk being filled
  private readonly counts = new Int32Array(LEVELS * SLOTS); // of each slot: its events
  private readonly occupied = new Int32Array(LEVELS * 2); // a bit for each slot, two words a level
  private readonly far = new HeapQueue(); // beyond the span
  private base: Micros = NaN; // keys count from here
  private position = 0; // no key is smaller
  private inSlots = 0;
  private usedChunks = 1; // ever used
  private freeChunk = 0; // the first free one

  get size(): number {
    return this.inSlots + this.far.size;
  }

  /** Puts in an event that is not before the start, and after all that was handed out since. */
  push(time: Micros, seq: number, handler: number, arg: number): void {
    const key = time - this.base;
    if (key >= SPAN) {
      this.far.push(time, seq, handler, arg);
      return;
    }
    this.inSlots++;
    this.put(key | 0, seq, handler, arg);
  }

  /** Hands out the earliest events, at least one. Returns a time before which none is left. */
  pourInto(heap: HeapQueue): Micros {
    if (this.inSlots === 0) this.turnToFar();
    for (;;) {
      const slot = this.firstSlot();
      if (slot < SLOTS || this.counts[slot] <= FEW) {
        this.handOut(slot, heap);
        return this.base + this.position + 1;
      }
      this.spread(slot);
    }
  }

  /** Hands out everything. */
  pourAllInto(heap: HeapQueue): void {
    while (this.inSlots > 0) this.handOut(this.firstSlot(), heap);
    this.far.drainInto(heap);
  }

  /** Begins anew at `time`, with what it holds, all of which must be at that time or later. */
  startAt(time: Micros): void {
    const all = new HeapQueue(this.size + 1);
    this.pourAllInto(all);
    this.base = time;
    this.position = 0;
    all.drainInto(this);
  }

  purge(stale: StaleEvents): void {
    for (let slot = 0; slot < this.heads.length; slot++) {
      if (this.counts[slot] > 0) this.purgeSlot(slot, stale);
    }
    this.far.purge(stale);
  }

  private put(key: number, seq: number, handler: number, arg: number): void {
    const level = ((31 - Math.clz32((key ^ this.position) | 1)) * 43) >>> 8; // 43/256: a sixth
    const slot = (level << DIGIT) | ((key >>> (DIGIT * level)) & (SLOTS - 1));
    const inChunk = this.counts[slot]++ & (CHUNK - 1);
    if (inChunk === 0) this.addChunk(slot);
    const place = CHUNK * this.heads[slot] + inChunk;
    const items = this.items;
    items[STRIDE * place + KEY] = key;
    items[STRIDE * place + HANDLER] = handler;
    items[STRIDE * place + ARG] = arg;
    this.seqs[place] = seq;
  }

  private addChunk(slot: number): void {
    let chunk = this.freeChunk;
    if (chunk !== 0) this.freeChunk = this.chain[chunk];
    else {
      if (this.usedChunks === this.chain.length) this.grow();
      chunk = this.usedChunks++;
    }
    this.chain[chunk] = this.heads[slot];
    this.heads[slot] = chunk;
    this.occupied[slot >>> 5] |= 1 << (slot & 31);
  }

  /** The lowest slot of the lowest level that has any: all others are later. */
  private firstSlot(): number {
    const occupied = this.occupied;
    let word = 0;
    while (occupied[word] === 0) word++;
    const bits = occupied[word];
    return (word << 5) | (31 - Math.clz32(bits & -bits));
  }

  /** Takes a slot's events out of the reckoning; the chain that it returns still has them. */
  private takeSlot(slot: number): number {
    const chunk = this.heads[slot];
    this.heads[slot] = 0;
    this.counts[slot] = 0;
    this.occupied[slot >>> 5] &= ~(1 << (slot & 31));
    return chunk;
  }

  /** Frees a chunk whose events are dealt with, and returns the next of the chain. */
  private nextChunk(chunk: number): number {
    const next = this.chain[chunk];
    this.chain[chunk] = this.freeChunk;
    this.freeChunk = chunk;
    return next;
  }

  /** Gives a slot's events to the heap, and moves on to the last of them. */
  private handOut(slot: number, heap: HeapQueue): void {
    const { items, seqs, base } = this;
    const count = this.counts[slot];
    let inChunk = ((count - 1) & (CHUNK - 1)) + 1; // the first chunk may be filled in part only
    for (let chunk = this.takeSlot(slot); chunk !== 0; chunk = this.nextChunk(chunk)) {
      for (let place = CHUNK * chunk; inChunk > 0; place++, inChunk--) {
        const i = STRIDE * place;
        const key = items[i + KEY];
        heap.push(base + key, seqs[place], items[i + HANDLER], items[i + ARG]);
        if (key > this.position) this.position = key;
      }
      inChunk = CHUNK;
    }
    this.inSlots -= count;
  }

  /** Moves on to the beginning of a slot, and puts its events on the levels below. */
  private spread(slot: number): void {
    const shift = DIGIT * (slot >>> DIGIT);
    const above = (this.position >>> shift) >>> DIGIT;
    this.position = ((above << DIGIT) | (slot & (SLOTS - 1))) << shift;
    let inChunk = ((this.counts[slot] - 1) & (CHUNK - 1)) + 1;
    for (let chunk = this.takeSlot(slot); chunk !== 0; chunk = this.nextChunk(chunk)) {
      for (let place = CHUNK * chunk; inChunk > 0; place++, inChunk--) {
        const i = STRIDE * place;
        const items = this.items; // replaced when it grows
        this.put(items[i + KEY], this.seqs[place], items[i + HANDLER], items[i + ARG]);
      }
      inChunk = CHUNK;
    }
  }

  /** The slots are empty: begins anew at the first of the far events. */
  private turnToFar(): void {
    const far = this.far;
    this.base = far.topTime;
    this.position = 0;
    while (far.topTime - this.base < SPAN) {
      this.push(far.topTime, far.topSeq, far.topHandler, far.topArg);
      far.drop();
    }
  }

  private purgeSlot(slot: number, stale: StaleEvents): void {
    let inChunk = ((this.counts[slot] - 1) & (CHUNK - 1)) + 1;
    for (let chunk = this.takeSlot(slot); chunk !== 0; chunk = this.nextChunk(chunk)) {
      for (let place = CHUNK * chunk; inChunk > 0; place++, inChunk--) {
        const i = STRIDE * place;
        const items = this.items; // replaced when it grows
        const handler = items[i + HANDLER];
        const arg = items[i + ARG];
        if (stale.claims(handler, arg)) this.inSlots--;
        else this.put(items[i + KEY], this.seqs[place], handler, arg);
      }
      inChunk = CHUNK;
    }
  }

  private grow(): void {
    const { items, seqs, chain } = this;
    (this.items = new Int32Array(2 * items.length)).set(items);
    (this.seqs = new Float64Array(2 * seqs.length)).set(seqs);
    (this.chain = new Int32Array(2 * chain.length)).set(chain);
  }
}
