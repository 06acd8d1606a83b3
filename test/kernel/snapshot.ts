/**
 * A generic walker that saves and restores whatever can be reached from an object through its
 * fields: that the model's state is nowhere else is what makes snapshots of a running model
 * possible.
 */

type Fields = Record<string, unknown>;
type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

export class Snapshot {
  private readonly fields = new Map<object, Fields>();
  private readonly numbers = new Map<Numbers, Numbers>();

  constructor(root: object) {
    this.save(root);
  }

  restore(): void {
    for (const [target, copy] of this.numbers) target.set(copy);
    for (const [target, copy] of this.fields) {
      if (Array.isArray(target)) target.length = 0;
      Object.assign(target, copy);
    }
  }

  private save(value: unknown): void {
    if (typeof value !== 'object' || value === null) return; // functions carry no state
    if (this.fields.has(value) || this.numbers.has(value as Numbers)) return;
    if (ArrayBuffer.isView(value)) {
      this.numbers.set(value as Numbers, (value as Numbers).slice());
      return;
    }
    if (value instanceof Map || value instanceof Set) throw new Error('not reached by this walker');
    this.fields.set(value, { ...(value as Fields) });
    for (const field of Object.values(value)) this.save(field);
  }
}
